package io.yapok.state.internal;

import java.nio.ByteBuffer;

/**
 * The bytes of what is remembered about a key: a format byte, then that format's fields, big-endian. Format 1: how many records (8 bytes), the latest of their
 * timestamps in milliseconds (8 bytes). Formats are only added; a value of an unknown one was written by a newer version and fails the task rather than be lost.
 */
public final class KeyStateCodec {
  private static final byte FORMAT = 1;
  private static final int LENGTH = 1 + Long.BYTES + Long.BYTES;
  private static final int COUNT_AT = 1;
  private static final int LAST_AT = COUNT_AT + Long.BYTES;

  private KeyStateCodec() {}

  public static byte[] encode(long count, long lastMillis) {
    return ByteBuffer.allocate(LENGTH).put(FORMAT).putLong(count).putLong(lastMillis).array();
  }

  /**
   * How many records.
   *
   * @throws IllegalStateException if the value is of no known format
   */
  public static long count(byte[] value) {
    return checked(value).getLong(COUNT_AT);
  }

  /**
   * The latest timestamp.
   *
   * @throws IllegalStateException if the value is of no known format
   */
  public static long lastMillis(byte[] value) {
    return checked(value).getLong(LAST_AT);
  }

  private static ByteBuffer checked(byte[] value) {
    if (value.length == 0 || value[0] != FORMAT) {
      String format = value.length == 0 ? "none" : Integer.toString(value[0] & 0xFF);
      throw new IllegalStateException("the state of a key has the format " + format + ", and this version knows " + FORMAT + ": was it written by a newer one?");
    }
    if (value.length != LENGTH) {
      throw new IllegalStateException("the state of a key has " + value.length + " bytes in place of " + LENGTH);
    }
    return ByteBuffer.wrap(value);
  }
}
