package io.yapok.state.internal.stored;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Avro's single-object encoding: {@code C3 01}, the CRC-64-AVRO fingerprint of the schema, the datum. */
public final class SingleObject {
  public static final int HEADER_BYTES = 2 + Long.BYTES;
  private static final byte MARK = (byte) 0xC3;
  private static final byte FORMAT = 1;

  private SingleObject() {}

  /** What stands before a datum whose schema has this fingerprint. */
  public static byte[] header(long fingerprint) {
    return ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).put(MARK).put(FORMAT).putLong(fingerprint).array();
  }

  /** Whether a value begins as one does. */
  public static boolean is(byte[] value) {
    return value.length >= HEADER_BYTES && value[0] == MARK && value[1] == FORMAT;
  }

  /** The fingerprint in a value that {@link #is} one. */
  public static long fingerprint(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }
}
