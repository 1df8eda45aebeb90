package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.Halves;
import io.yapok.schemas.internal.field.Integers;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Writes numbers into columns of any numeric type. Whole numbers become floating ones by the nearest; floating ones become whole ones only if they are; what the column's type cannot hold is out of its
 * range. NaN and infinity are floating values like others: the step that reads them decides.
 */
final class Numbers {
  private static final double TWO_TO_63 = 0x1p63;

  private Numbers() {}

  static void put(long value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    switch (target.type()) {
      case FLOAT32 -> column.floats().put(element, (float) value);
      case FLOAT64 -> column.doubles().put(element, (double) value);
      case FLOAT16, BFLOAT16 -> putHalf((double) value, target, column, element, progress);
      case INT64 -> column.longs().put(element, value);
      case INT8, INT16, INT32, UINT8 -> putWhole(value, target, column, element, progress);
      case BOOL, TEXT, JSON -> throw notANumber(target);
    }
  }

  static void put(float value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    if (target.type() == ElementType.FLOAT32) {
      column.floats().put(element, value);
    } else {
      put((double) value, target, column, element, progress);
    }
  }

  static void put(double value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    switch (target.type()) {
      case FLOAT32 -> {
        float narrow = (float) value;
        if (Float.isInfinite(narrow) && !Double.isInfinite(value)) {
          throw outOfRange(Double.toString(value), target, progress);
        }
        column.floats().put(element, narrow);
      }
      case FLOAT64 -> column.doubles().put(element, value);
      case FLOAT16, BFLOAT16 -> putHalf(value, target, column, element, progress);
      case INT8, INT16, INT32, INT64, UINT8 -> putWhole(value, target, column, element, progress);
      case BOOL, TEXT, JSON -> throw notANumber(target);
    }
  }

  static void put(BigDecimal value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    switch (target.type()) {
      case FLOAT32 -> {
        float nearest = value.floatValue();
        if (Float.isInfinite(nearest)) {
          throw outOfRange(value.toString(), target, progress);
        }
        column.floats().put(element, nearest);
      }
      case FLOAT64, FLOAT16, BFLOAT16 -> {
        double nearest = value.doubleValue();
        if (Double.isInfinite(nearest)) {
          throw outOfRange(value.toString(), target, progress);
        }
        put(nearest, target, column, element, progress);
      }
      case INT8, INT16, INT32, INT64, UINT8 -> {
        if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
          throw notWhole(value.toString(), target, progress);
        }
        BigInteger whole = value.toBigInteger();
        if (whole.bitLength() > Long.SIZE - 1) {
          throw outOfRange(value.toString(), target, progress);
        }
        put(whole.longValue(), target, column, element, progress);
      }
      case BOOL, TEXT, JSON -> throw notANumber(target);
    }
  }

  private static void putHalf(double value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    boolean brain = target.type() == ElementType.BFLOAT16;
    short half = brain ? Halves.toBrain((float) value) : Float.floatToFloat16((float) value);
    float back = brain ? Halves.fromBrain(half) : Float.float16ToFloat(half);
    if (Float.isInfinite(back) && !Double.isInfinite(value)) {
      throw outOfRange(Double.toString(value), target, progress);
    }
    column.shorts().put(element, half);
  }

  private static void putWhole(double value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    if (value != Math.rint(value) || Double.isInfinite(value)) {
      throw notWhole(Double.toString(value), target, progress);
    }
    if (value < -TWO_TO_63 || value >= TWO_TO_63) {
      throw outOfRange(Double.toString(value), target, progress);
    }
    put((long) value, target, column, element, progress);
  }

  private static void putWhole(long value, FieldTarget target, Column column, int element, ArrayProgress progress) {
    ElementType type = target.type();
    if (value < Integers.min(type) || value > Integers.max(type)) {
      throw outOfRange(Long.toString(value), target, progress);
    }
    switch (type) {
      case INT8, UINT8 -> column.bytes().put(element, (byte) value);
      case INT16 -> column.shorts().put(element, (short) value);
      case INT32 -> column.ints().put(element, (int) value);
      case INT64, FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, TEXT, JSON -> throw notANumber(target);
    }
  }

  private static BadRecordException outOfRange(String value, FieldTarget target, ArrayProgress progress) {
    return target.bad(RejectReason.OUT_OF_RANGE, target.type().label() + " expected" + progress.place() + ", " + value + " came");
  }

  private static BadRecordException notWhole(String value, FieldTarget target, ArrayProgress progress) {
    return target.bad(RejectReason.WRONG_TYPE, "a whole number expected" + progress.place() + ", " + value + " came");
  }

  /** Nothing of this kind is compiled. */
  private static IllegalStateException notANumber(FieldTarget target) {
    return new IllegalStateException(target.type().label() + " is no number of this kind");
  }
}
