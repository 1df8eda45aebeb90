package io.yapok.state.internal;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.JoinedTable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The key by which a row is looked up, as bytes among others: nothing is allocated until someone wants it alone. Belongs to one thread. */
public final class JoinKey {
  private static final int LONGEST_NUMBER = 20;
  private static final int SHOWN = 60;

  private final Batch batch;
  private final @Nullable Column column;
  private final byte[] digits = new byte[LONGEST_NUMBER];

  private byte[] bytes = digits;
  private int offset;
  private int length;

  /** The key of a table among what a batch has. */
  public JoinKey(Batch batch, int slot) {
    this.batch = batch;
    this.column = slot == JoinedTable.RECORD_KEY ? null : batch.column(slot);
  }

  /** Whether all rows of a record have one key. */
  public boolean isOfRecord() {
    return column == null;
  }

  /** Goes to a row; false if the record has no key. */
  public boolean moveTo(int record, int row) {
    if (column == null) {
      byte[] key = batch.key(record);
      return key != null && set(key, 0, key.length);
    }
    int element = column.start(row);
    return switch (column.spec().type()) {
      case TEXT -> set(column.textPool(), column.textStart(element), column.textEnd(element) - column.textStart(element));
      case INT64 -> setNumber(column.longs().get(element));
      case INT32 -> setNumber(column.ints().get(element));
      case INT16 -> setNumber(column.shorts().get(element));
      case INT8 -> setNumber(column.bytes().get(element));
      case UINT8 -> setNumber(column.bytes().get(element) & 0xFF);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, JSON -> throw new IllegalStateException(column.spec() + " is no key");
    };
  }

  private boolean set(byte[] among, int start, int count) {
    bytes = among;
    offset = start;
    length = count;
    return true;
  }

  /** Decimal digits, as {@link Long#toString} has them; counted down so that the smallest number needs no other way. */
  private boolean setNumber(long number) {
    int at = digits.length;
    long rest = number > 0 ? -number : number;
    do {
      digits[--at] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      digits[--at] = '-';
    }
    return set(digits, at, digits.length - at);
  }

  public byte[] bytes() {
    return bytes;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** For messages: the key's beginning as text. */
  public String shown() {
    return new String(bytes, offset, Math.min(length, SHOWN), StandardCharsets.UTF_8) + (length > SHOWN ? "..." : "");
  }
}
