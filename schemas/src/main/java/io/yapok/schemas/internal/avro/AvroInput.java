package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * A record's bytes, read from the front as Avro's binary encoding has them. Nothing is read beyond their end, and no length or count is believed before it has been compared with what is left. Belongs to
 * one decoder.
 */
final class AvroInput {
  /** Values inside each other; a schema may name itself. */
  private static final int MAX_DEPTH = 256;

  /** Elements that take no bytes, such as nulls: their count is the only bound on the work that they are. */
  private static final int MAX_EMPTY_ELEMENTS = 1 << 16;

  /** No record has a value of more bytes or elements. */
  private static final int MAX_LENGTH = 1 << 30;

  /** Arithmetic with longer ones would take a record's time many times over. */
  private static final int MAX_DECIMAL_BYTES = 256;

  private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int position;
  private int depth;
  private int emptyElements;

  /** Begins at a place in a record. */
  void start(byte[] record, int from) {
    bytes = record;
    position = from;
    depth = 0;
    emptyElements = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void moveTo(int place) {
    position = place;
  }

  int remaining() {
    return bytes.length - position;
  }

  void skip(int count) {
    if (count > remaining()) {
      throw truncated();
    }
    position += count;
  }

  /** Passes over an int or a long. */
  void skipVarint() {
    readLong();
  }

  /** An int or a long, zigzag and in groups of seven bits. */
  long readLong() {
    long bits = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position == bytes.length) {
        throw truncated();
      }
      byte group = bytes[position++];
      bits |= (long) (group & 0x7F) << shift;
      if (group >= 0) {
        return bits >>> 1 ^ -(bits & 1);
      }
    }
    throw malformed("an integer of more than ten bytes, at byte " + (position - 10));
  }

  /** An int. */
  int readInt() {
    int at = position;
    long value = readLong();
    if (value != (int) value) {
      throw malformed("an int of " + value + ", at byte " + at);
    }
    return (int) value;
  }

  float readFloat() {
    int at = position;
    skip(Float.BYTES);
    return (float) FLOAT.get(bytes, at);
  }

  double readDouble() {
    int at = position;
    skip(Double.BYTES);
    return (double) DOUBLE.get(bytes, at);
  }

  boolean readBoolean() {
    int at = position;
    skip(1);
    if ((bytes[at] & ~1) != 0) {
      throw malformed("a boolean is 0 or 1, not " + (bytes[at] & 0xFF) + ", at byte " + at);
    }
    return bytes[at] != 0;
  }

  /** The length of what follows, which is there. */
  int readLength() {
    int at = position;
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw beyond(length, "a length of " + length + " at byte " + at);
    }
    return (int) length;
  }

  /**
   * A decimal: two's complement, big-endian, times ten to the minus scale.
   *
   * @param size in bytes; -1 where it stands before them
   */
  BigDecimal readDecimal(int size, int scale) {
    int at = position;
    int length = size < 0 ? readLength() : size;
    int from = position;
    skip(length);
    if (length == 0 || length > MAX_DECIMAL_BYTES) {
      throw malformed("a decimal of " + length + " bytes, at byte " + at);
    }
    return new BigDecimal(new BigInteger(bytes, from, length), scale);
  }

  /** The branch of a union with so many. */
  int readBranch(int branches) {
    int at = position;
    long branch = readLong();
    if (branch < 0 || branch >= branches) {
      throw new BadRecordException(RejectReason.WRONG_BRANCH, "", "branch " + branch + " of a union of " + branches + ", at byte " + at);
    }
    return (int) branch;
  }

  /** The symbol of an enum with so many. */
  int readSymbol(int symbols) {
    int at = position;
    long symbol = readLong();
    if (symbol < 0 || symbol >= symbols) {
      throw malformed("symbol " + symbol + " of an enum of " + symbols + ", at byte " + at);
    }
    return (int) symbol;
  }

  /**
   * How many elements an array's or map's next block has; 0 ends it.
   *
   * @param leastBytes of one element, which may be none
   */
  int readBlock(int leastBytes) {
    int at = position;
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLength();
    }
    if (count < 0 || (leastBytes > 0 && count > remaining() / leastBytes)) {
      throw beyond(count, "a block of " + count + " elements at byte " + at);
    }
    if (leastBytes == 0) {
      addEmpty(count);
    }
    return (int) count;
  }

  /** Counts values that take no bytes. */
  void addEmpty(long count) {
    if (count > MAX_EMPTY_ELEMENTS - emptyElements) {
      throw new BadRecordException(RejectReason.WRONG_LENGTH, "", "a record has at most " + MAX_EMPTY_ELEMENTS + " values that take no bytes, more stand at byte " + position);
    }
    emptyElements += (int) count;
  }

  /** Passes over an array or map without its elements where the writer gave a block's size. Answers the elements of the next block that has to be walked; 0 at the end. */
  int skipBlocks(int leastBytes) {
    while (true) {
      int at = position;
      if (readLong() >= 0) {
        position = at;
        return readBlock(leastBytes);
      }
      skip(readLength());
    }
  }

  /** One value more inside the present one; {@link #leave} ends it. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new BadRecordException(RejectReason.TOO_DEEP, "", "values are inside each other more than " + MAX_DEPTH + " times");
    }
  }

  void leave() {
    depth--;
  }

  void expectEnd() {
    if (remaining() > 0) {
      throw new BadRecordException(RejectReason.TRAILING_BYTES, "", "the record ends at byte " + position + ", and " + remaining() + " bytes follow");
    }
  }

  private BadRecordException truncated() {
    return new BadRecordException(RejectReason.TRUNCATED, "", "the record ends at byte " + bytes.length + ", in the midst of a value");
  }

  /** A length or count that goes beyond the record's end: the record was cut off, or, where no record could have so many, the length is none. */
  private BadRecordException beyond(long length, String what) {
    RejectReason reason = length < 0 || length > MAX_LENGTH ? RejectReason.WRONG_LENGTH : RejectReason.TRUNCATED;
    return new BadRecordException(reason, "", what + ", and " + remaining() + " bytes are left");
  }

  static BadRecordException malformed(String what) {
    return new BadRecordException(RejectReason.MALFORMED, "", what);
  }
}
