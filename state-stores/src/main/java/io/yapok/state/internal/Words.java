package io.yapok.state.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Keys' bytes, eight at a time: to hash them and to compare them with keys of the same length. */
public final class Words {
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** Eight bytes, or as many as there are before the end; 0 if there is none. */
  public static long at(byte[] bytes, int from, int end) {
    if (from + Long.BYTES <= end) {
      return (long) LONGS.get(bytes, from);
    }
    long word = 0;
    for (int i = from; i < end; i++) {
      word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return word;
  }
}
