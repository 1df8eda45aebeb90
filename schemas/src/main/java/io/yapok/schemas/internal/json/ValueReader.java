package io.yapok.schemas.internal.json;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the value at the cursor into one row of a column: a scalar, or an array of any depth. Belongs to one decoder. */
final class ValueReader {
  private static final int MAX_RANK = 32;
  private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-Infinity".getBytes(StandardCharsets.US_ASCII);

  private final JsonCursor cursor;
  private final JsonNumber number = new JsonNumber();
  private final FloatRun run = new FloatRun();
  private final int[] lengths = new int[MAX_RANK];

  private int rank;
  private int leafLevel;
  private int count;

  ValueReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** Consumes the value at the cursor, which is not null unless the column holds JSON, into a row that every row before it has been written for. */
  void read(FieldTarget target, Column column, int row) {
    if (target.type() == ElementType.JSON) {
      int from = cursor.position();
      cursor.skipValue();
      column.appendText(cursor.document(), from, cursor.position() - from);
      return;
    }
    count = 0;
    rank = 0;
    leafLevel = -1;
    RowShape shape = target.shape();
    int first = cursor.peek();
    if (first == '[' && shape.rank() > 0) {
      readArray(target, column, row);
    } else if (shape.elements() == 1 && first != '[') {
      readElement(target, column, column.start(row), first);
    } else {
      cursor.skipValue();
      String wanted = shape.rank() == 0 ? target.wanted() : "an array of " + target.wantedMany();
      throw target.bad(RejectReason.WRONG_TYPE, wanted + " expected, " + JsonCursor.kind(first) + " came");
    }
  }

  /** Writes the default into a row; a dynamic axis gets the size 1. */
  void fill(FieldTarget target, Column column, int row) {
    RowShape shape = target.shape();
    int elements = 1;
    int[] dims = target.dims();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis) == RowShape.DYNAMIC ? 1 : shape.dim(axis);
      elements *= dims[axis];
    }
    int start = column.start(row);
    if (!shape.isFixed()) {
      column.reserveElements((long) start + elements);
    }
    for (int i = 0; i < elements; i++) {
      putFallback(target, column, start + i);
    }
    if (!shape.isFixed()) {
      column.endRow(elements, dims);
    }
  }

  private void readArray(FieldTarget target, Column column, int row) {
    int start = column.start(row);
    readLevel(target, column, start, 0);
    RowShape shape = target.shape();
    if (shape.isFixed()) {
      checkFixed(target, shape);
    } else {
      endDynamicRow(target, column, shape);
    }
  }

  private void readLevel(FieldTarget target, Column column, int start, int level) {
    if (level == MAX_RANK) {
      throw target.bad(RejectReason.WRONG_SHAPE, "arrays of more than " + MAX_RANK + " dimensions are not read");
    }
    int length = 0;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      int first = cursor.peek();
      if (first == '[') {
        if (leafLevel >= 0 && leafLevel <= level) {
          throw mixed(target, first);
        }
        readLevel(target, column, start, level + 1);
        length++;
      } else {
        if (leafLevel != level) {
          enterLeaves(target, level, first);
        }
        length += readLeaves(target, column, start, first);
      }
    }
    endLevel(target, level, length);
  }

  private void enterLeaves(FieldTarget target, int level, int first) {
    if (leafLevel >= 0 || rank > level + 1) {
      throw mixed(target, first);
    }
    leafLevel = level;
  }

  private void endLevel(FieldTarget target, int level, int length) {
    if (level >= rank) {
      Arrays.fill(lengths, rank, level + 1, -1);
      rank = level + 1;
    }
    if (lengths[level] < 0) {
      lengths[level] = length;
    } else if (lengths[level] != length) {
      String message = "arrays of one length expected at depth " + (level + 1) + ", one of " + lengths[level] + " and one of " + length + " came";
      throw target.bad(RejectReason.WRONG_SHAPE, message);
    }
  }

  /** Reads one element or a run of them. Answers how many. */
  private int readLeaves(FieldTarget target, Column column, int start, int first) {
    int read = readRun(target, column, start);
    if (read == 0) {
      readNext(target, column, start, first);
      return 1;
    }
    return read;
  }

  /** Reads plain numbers from the cursor on, as far as they fit. Answers how many; with none the cursor stays. */
  private int readRun(FieldTarget target, Column column, int start) {
    int room = target.shape().elements() - count;
    if (room <= 0) {
      return 0;
    }
    int read =
        switch (target.type()) {
          case FLOAT32 -> run.readFloats(cursor.document(), cursor.position(), column.floats(), start + count, room);
          case FLOAT64 -> run.readDoubles(cursor.document(), cursor.position(), column.doubles(), start + count, room);
          case FLOAT16, BFLOAT16, INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> 0;
        };
    if (read > 0) {
      cursor.moveTo(run.end());
      count += read;
    }
    return read;
  }

  private void readNext(FieldTarget target, Column column, int start, int first) {
    int elements = target.shape().elements();
    if (elements >= 0 && count >= elements) {
      cursor.skipValue();
    } else {
      if (elements < 0 && !target.type().isPooled()) {
        column.reserveElements((long) start + count + 1);
      }
      readElement(target, column, start + count, first);
    }
    count++;
  }

  private void readElement(FieldTarget target, Column column, int element, int first) {
    if (first == 'n') {
      cursor.skipValue();
      if (!target.hasFallback()) {
        throw target.bad(RejectReason.MISSING_FIELD, target.wanted() + " expected" + place() + ", null came");
      }
      putFallback(target, column, element);
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

  private void putFallback(FieldTarget target, Column column, int element) {
    switch (target.type()) {
      case FLOAT32 -> column.floats().put(element, (float) target.fallbackDouble());
      case FLOAT64 -> column.doubles().put(element, target.fallbackDouble());
      case FLOAT16 -> column.shorts().put(element, Float.floatToFloat16((float) target.fallbackDouble()));
      case BFLOAT16 -> column.shorts().put(element, Halves.toBrain((float) target.fallbackDouble()));
      case INT8, UINT8, BOOL -> column.bytes().put(element, (byte) target.fallbackLong());
      case INT16 -> column.shorts().put(element, (short) target.fallbackLong());
      case INT32 -> column.ints().put(element, (int) target.fallbackLong());
      case INT64 -> column.longs().put(element, target.fallbackLong());
      case TEXT, JSON -> column.appendText(target.fallbackText(), 0, target.fallbackText().length);
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
    if (textIs(NAN)) {
      return Double.NaN;
    }
    if (textIs(INFINITY)) {
      return Double.POSITIVE_INFINITY;
    }
    if (textIs(MINUS_INFINITY)) {
      return Double.NEGATIVE_INFINITY;
    }
    throw notA(target, first);
  }

  private boolean textIs(byte[] word) {
    return Arrays.equals(word, 0, word.length, cursor.textBytes(), cursor.textStart(), cursor.textEnd());
  }

  private long readWhole(FieldTarget target, int first) {
    if (!isNumber(first)) {
      throw wrongType(target, first);
    }
    readNumber();
    if (!number.isWhole()) {
      throw target.bad(RejectReason.WRONG_TYPE, "a whole number expected" + place() + ", " + excerpt() + " came");
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
      throw target.bad(RejectReason.MALFORMED, "half of a surrogate pair is escaped" + place() + ", which is no text");
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

  private void checkFixed(FieldTarget target, RowShape shape) {
    if (count != shape.elements()) {
      throw target.bad(RejectReason.WRONG_SHAPE, shape.elements() + " " + target.wantedMany() + " expected, " + count + " came");
    }
    if (rank > 1 && !nestsLike(shape)) {
      throw target.bad(RejectReason.WRONG_SHAPE, "an array of shape " + shape + " expected, one of " + cameShape() + " came");
    }
  }

  /** Whether the array's dimensions are the shape's, those of size 1 aside; a vector takes any nesting in its order. */
  private boolean nestsLike(RowShape shape) {
    int axis = 0;
    int level = 0;
    boolean vector = true;
    boolean same = true;
    while (axis < shape.rank() || level < rank) {
      if (axis < shape.rank() && shape.dim(axis) == 1) {
        axis++;
      } else if (level < rank && lengths[level] == 1) {
        level++;
      } else {
        same &= axis < shape.rank() && level < rank && shape.dim(axis) == lengths[level];
        vector &= axis >= shape.rank() || shape.dim(axis) == shape.elements();
        axis++;
        level++;
      }
    }
    return same || vector || shape.elements() == 0 || flat();
  }

  private boolean flat() {
    for (int level = 0; level < rank; level++) {
      if (lengths[level] == count) {
        return true;
      }
    }
    return false;
  }

  private void endDynamicRow(FieldTarget target, Column column, RowShape shape) {
    int[] dims = target.dims();
    boolean fits = rank == dims.length || (count == 0 && rank < dims.length);
    for (int axis = 0; fits && axis < dims.length; axis++) {
      dims[axis] = axis < rank ? lengths[axis] : Math.max(0, shape.dim(axis));
      fits = shape.dim(axis) == RowShape.DYNAMIC || shape.dim(axis) == dims[axis];
    }
    if (!fits) {
      throw target.bad(RejectReason.WRONG_SHAPE, "an array of shape " + shape + " expected, one of " + cameShape() + " came");
    }
    column.endRow(count, dims);
  }

  private String cameShape() {
    return Arrays.toString(Arrays.copyOf(lengths, rank));
  }

  private BadRecordException mixed(FieldTarget target, int first) {
    return target.bad(RejectReason.WRONG_SHAPE, "arrays of one depth expected, " + JsonCursor.kind(first) + " came beside other depths" + place());
  }

  private BadRecordException wrongType(FieldTarget target, int first) {
    cursor.skipValue();
    return notA(target, first);
  }

  private BadRecordException notA(FieldTarget target, int first) {
    return target.bad(RejectReason.WRONG_TYPE, target.wanted() + " expected" + place() + ", " + JsonCursor.kind(first) + " came");
  }

  private BadRecordException outOfRange(FieldTarget target) {
    return target.bad(RejectReason.OUT_OF_RANGE, target.type().label() + " expected" + place() + ", " + excerpt() + " came");
  }

  private String excerpt() {
    String text = number.text();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  /** Where in an array, for messages; empty in a scalar. */
  private String place() {
    return rank == 0 && leafLevel < 0 ? "" : " at element " + count;
  }
}
