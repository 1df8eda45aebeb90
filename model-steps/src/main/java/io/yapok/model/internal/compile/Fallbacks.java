package io.yapok.model.internal.compile;

import io.yapok.schemas.ElementType;

/** Which values can stand in for an absent field. */
final class Fallbacks {
  private Fallbacks() {}

  static boolean fits(Object value, ElementType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> value instanceof Number;
      case INT8 -> isWithin(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case UINT8 -> isWithin(value, 0, 255);
      case INT16 -> isWithin(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT32 -> isWithin(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case INT64 -> value instanceof Long;
      case BOOL -> value instanceof Boolean;
      case TEXT -> value instanceof String;
      case JSON -> true;
    };
  }

  private static boolean isWithin(Object value, long least, long most) {
    return value instanceof Long number && number >= least && number <= most;
  }
}
