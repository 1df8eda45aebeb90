package io.yapok.schemas.internal.json;

import io.yapok.schemas.Column;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.Fallbacks;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.Halves;
import io.yapok.schemas.internal.field.Integers;
import java.nio.charset.StandardCharsets;

/** Reads one element of a column's type at the cursor; the default stands in for null. Belongs to one decoder. */
final class ElementReader {
  private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.US_ASCII);

  private final JsonCursor cursor;
  private final ArrayProgress progress;
  private final JsonNumber number = new JsonNumber();

  ElementReader(JsonCursor cursor, ArrayProgress progress) {
    this.cursor = cursor;
    this.progress = progress;
  }

  /** Consumes the element at the cursor, whose first byte is {@code first}, into its place in the column; text is appended. */
  void read(FieldTarget target, Column column, int element, int first) {
    if (first == 'n') {
      cursor.skipValue();
      if (!target.hasFallback()) {
        throw target.bad(RejectReason.MISSING_FIELD, target.wanted() + " expected" + progress.place() + ", null came");
      }
      Fallbacks.put(target, column, element);
      return;
    }
    switch (target.type()) {
      case FLOAT32 -> column.floats().put(element, readFloat(target, first));
      case FLOAT64 -> column.doubles().put(element, readDouble(target, first));
      case FLOAT16 -> column.shorts().put(element, half(target, readFloat(target, first)));
      case BFLOAT16 -> column.shorts().put(element, brain(target, readFloat(target, first)));
      case INT8, UINT8 -> column.bytes().put(element, (byte) readWhole(target, first));
      case INT16 -> column.shorts().put(element, (short) readWhole(target, first));
      case INT32 -> column.ints().put(element, (int) readWhole(target, first));
      case INT64 -> column.longs().put(element, readWhole(target, first));
      case BOOL -> column.bytes().put(element, readBoolean(target, first));
      case TEXT, JSON -> readText(target, column, first);
    }
  }

  private float readFloat(FieldTarget target, int first) {
    if (isNumber(first)) {
      readNumber();
      float value = number.toFloat();
      if (Float.isInfinite(value)) {
        throw outOfRange(target);
      }
      return value;
    }
    return (float) readNonFinite(target, first);
  }

  private double readDouble(FieldTarget target, int first) {
    if (isNumber(first)) {
      readNumber();
      double value = number.toDouble();
      if (Double.isInfinite(value)) {
        throw outOfRange(target);
      }
      return value;
    }
    return readNonFinite(target, first);
  }

  private short half(FieldTarget target, float value) {
    short half = Float.floatToFloat16(value);
    if (Float.isInfinite(Float.float16ToFloat(half)) && !Float.isInfinite(value)) {
      throw outOfRange(target);
    }
    return half;
  }

  private short brain(FieldTarget target, float value) {
    short brain = Halves.toBrain(value);
    if (Float.isInfinite(Halves.fromBrain(brain)) && !Float.isInfinite(value)) {
      throw outOfRange(target);
    }
    return brain;
  }

  private double readNonFinite(FieldTarget target, int first) {
    if (first != '"') {
      throw wrongType(target, first);
    }
    cursor.readText();
    if (cursor.textIs(NAN)) {
      return Double.NaN;
    }
    if (cursor.textIs(INFINITY)) {
      return Double.POSITIVE_INFINITY;
    }
    if (cursor.textIs(MINUS_INFINITY)) {
      return Double.NEGATIVE_INFINITY;
    }
    throw notA(target, first);
  }

  private long readWhole(FieldTarget target, int first) {
    if (!isNumber(first)) {
      throw wrongType(target, first);
    }
    readNumber();
    if (!number.isWhole()) {
      throw target.bad(RejectReason.WRONG_TYPE, "a whole number expected" + progress.place() + ", " + excerpt() + " came");
    }
    if (!number.isWithin(Integers.min(target.type()), Integers.max(target.type()))) {
      throw outOfRange(target);
    }
    return number.toLong();
  }

  private byte readBoolean(FieldTarget target, int first) {
    if (first != 't' && first != 'f') {
      throw wrongType(target, first);
    }
    cursor.skipValue();
    return (byte) (first == 't' ? 1 : 0);
  }

  private void readText(FieldTarget target, Column column, int first) {
    if (first != '"') {
      throw wrongType(target, first);
    }
    cursor.readText();
    if (!cursor.textIsWhole()) {
      throw target.bad(RejectReason.INVALID_UTF8, "half of a surrogate pair is escaped" + progress.place() + ", which is no text");
    }
    column.appendText(cursor.textBytes(), cursor.textStart(), cursor.textEnd() - cursor.textStart());
  }

  private void readNumber() {
    byte[] document = cursor.document();
    cursor.moveTo(number.read(document, cursor.position(), document.length));
  }

  private static boolean isNumber(int first) {
    return first == '-' || (first >= '0' && first <= '9');
  }

  private BadRecordException wrongType(FieldTarget target, int first) {
    cursor.skipValue();
    return notA(target, first);
  }

  private BadRecordException notA(FieldTarget target, int first) {
    return target.bad(RejectReason.WRONG_TYPE, target.wanted() + " expected" + progress.place() + ", " + JsonCursor.kind(first) + " came");
  }

  private BadRecordException outOfRange(FieldTarget target) {
    return target.bad(RejectReason.OUT_OF_RANGE, target.type().label() + " expected" + progress.place() + ", " + excerpt() + " came");
  }

  private String excerpt() {
    String text = number.text();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
