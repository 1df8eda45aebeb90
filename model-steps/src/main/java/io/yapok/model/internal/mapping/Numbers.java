package io.yapok.model.internal.mapping;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;

/** Numbers in and out of columns, one element at a time. Buffers are asked for each time, since a column replaces its own to grow. */
final class Numbers {
  /** The bits of a float32's exponent, of which all are set for NaN and infinity alone. */
  static final int EXPONENT = 0x7f800000;

  private Numbers() {}

  /** Reads an element as a double; int64 beyond 2^53 is rounded. */
  @FunctionalInterface
  interface DoubleAt {
    double at(int element);
  }

  /** Reads an element of a column of whole numbers or truth values. */
  @FunctionalInterface
  interface LongAt {
    long at(int element);
  }

  /** Writes an element, rounded once to the column's type; false, with nothing written, where a finite number does not fit it or NaN meets whole numbers. */
  @FunctionalInterface
  interface DoublePut {
    boolean put(int element, double value);
  }

  /** Writes an element; false, with nothing written, where it does not fit. */
  @FunctionalInterface
  interface LongPut {
    boolean put(int element, long value);
  }

  static DoubleAt doubles(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> element -> column.floats().get(element);
      case FLOAT64 -> element -> column.doubles().get(element);
      case FLOAT16 -> element -> Float.float16ToFloat(column.shorts().get(element));
      case BFLOAT16 -> element -> Float.intBitsToFloat(column.shorts().get(element) << 16);
      case INT8, INT16, INT32, INT64, UINT8, BOOL -> {
        LongAt whole = longs(column);
        yield element -> whole.at(element);
      }
      case TEXT, JSON -> throw noNumbers(column);
    };
  }

  static LongAt longs(Column column) {
    return switch (column.spec().type()) {
      case INT8, BOOL -> element -> column.bytes().get(element);
      case UINT8 -> element -> column.bytes().get(element) & 0xFF;
      case INT16 -> element -> column.shorts().get(element);
      case INT32 -> element -> column.ints().get(element);
      case INT64 -> element -> column.longs().get(element);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, TEXT, JSON -> throw noNumbers(column);
    };
  }

  static DoublePut putDoubles(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> (element, value) -> {
        column.floats().put(element, (float) value);
        return !Float.isInfinite((float) value) || Double.isInfinite(value);
      };
      case FLOAT64 -> (element, value) -> {
        column.doubles().put(element, value);
        return true;
      };
      case FLOAT16 -> (element, value) -> {
        short half = Float.floatToFloat16(roundedToOdd(value));
        column.shorts().put(element, half);
        return !Float.isInfinite(Float.float16ToFloat(half)) || Double.isInfinite(value);
      };
      case BFLOAT16 -> (element, value) -> {
        short brain = brain(roundedToOdd(value));
        column.shorts().put(element, brain);
        return !Float.isInfinite(Float.intBitsToFloat(brain << 16)) || Double.isInfinite(value);
      };
      case INT8, INT16, INT32, INT64, UINT8, BOOL -> {
        LongPut whole = putLongs(column);
        yield (element, value) -> {
          double rounded = Math.rint(value);
          // 2^63 itself is a double and no long; NaN fails both comparisons
          return rounded >= -0x1p63 && rounded < 0x1p63 && whole.put(element, (long) rounded);
        };
      }
      case TEXT, JSON -> throw noNumbers(column);
    };
  }

  static LongPut putLongs(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> (element, value) -> {
        column.floats().put(element, (float) value);
        return true;
      };
      case FLOAT64 -> (element, value) -> {
        column.doubles().put(element, (double) value);
        return true;
      };
      case FLOAT16, BFLOAT16 -> {
        DoublePut rounded = putDoubles(column);
        yield (element, value) -> rounded.put(element, (double) value);
      }
      case INT8 -> (element, value) -> {
        column.bytes().put(element, (byte) value);
        return value == (byte) value;
      };
      case UINT8 -> (element, value) -> {
        column.bytes().put(element, (byte) value);
        return value == (value & 0xFF);
      };
      case BOOL -> (element, value) -> {
        column.bytes().put(element, (byte) (value & 1));
        return value == (value & 1);
      };
      case INT16 -> (element, value) -> {
        column.shorts().put(element, (short) value);
        return value == (short) value;
      };
      case INT32 -> (element, value) -> {
        column.ints().put(element, (int) value);
        return value == (int) value;
      };
      case INT64 -> (element, value) -> {
        column.longs().put(element, value);
        return true;
      };
      case TEXT, JSON -> throw noNumbers(column);
    };
  }

  /**
   * A float from which rounding to a narrower type gives what rounding the double itself would: cut off, with the last bit set if anything was cut off, so that no
   * second rounding sees a tie that is none.
   */
  static float roundedToOdd(double value) {
    float nearest = (float) value;
    if (nearest == value || !Float.isFinite(nearest) || Double.isNaN(value)) {
      return nearest;
    }
    float cut = Math.abs((double) nearest) > Math.abs(value) ? Float.intBitsToFloat(Float.floatToRawIntBits(nearest) - 1) : nearest;
    return Float.intBitsToFloat(Float.floatToRawIntBits(cut) | 1);
  }

  /** The upper half of a float's bits, rounded to nearest, ties to even. */
  private static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  private static IllegalArgumentException noNumbers(Column column) {
    ElementType type = column.spec().type();
    return new IllegalArgumentException(column.spec().name() + " has elements of type " + type.label() + ", which are no such numbers");
  }
}
