package io.yapok.schemas.internal.avro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes in Avro's binary encoding, appended value by value and kept from result to result. Belongs to one encoder. */
final class AvroOutput {
  private static final int INITIAL = 512;

  /** A larger buffer is let go after its result: one huge record must not hold memory for good. */
  private static final int LARGEST_KEPT = 1 << 20;

  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[INITIAL];
  private int length;

  void clear() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[INITIAL];
    }
  }

  /** A copy of what was appended. */
  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** An int, a long, a branch, a length or a count. */
  void writeLong(long value) {
    reserve(LONGEST_VARINT);
    long bits = value << 1 ^ value >> 63;
    while ((bits & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((bits & 0x7F) | 0x80);
      bits >>>= 7;
    }
    bytes[length++] = (byte) bits;
  }

  void writeBoolean(boolean value) {
    reserve(1);
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  void writeFloat(float value) {
    writeFixed(Integer.toUnsignedLong(Float.floatToRawIntBits(value)), Float.BYTES);
  }

  void writeDouble(double value) {
    writeFixed(Double.doubleToRawLongBits(value), Double.BYTES);
  }

  /** A string, or bytes, with its length. */
  void writeBytes(byte[] from, int start, int end) {
    writeLong((long) end - start);
    writeRaw(from, start, end - start);
  }

  void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeBytes(utf8, 0, utf8.length);
  }

  /** Bytes as they are. */
  void writeRaw(byte[] from, int start, int count) {
    reserve(count);
    System.arraycopy(from, start, bytes, length, count);
    length += count;
  }

  private void writeFixed(long bits, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) (bits >>> (8 * i));
    }
  }

  private void reserve(int more) {
    long needed = (long) length + more;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L))));
    }
  }
}
