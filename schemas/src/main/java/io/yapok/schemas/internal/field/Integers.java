package io.yapok.schemas.internal.field;

import io.yapok.schemas.ElementType;

/** The ranges of the integer types. */
public final class Integers {
  private Integers() {}

  public static long min(ElementType type) {
    return switch (type) {
      case INT8 -> Byte.MIN_VALUE;
      case INT16 -> Short.MIN_VALUE;
      case INT32 -> Integer.MIN_VALUE;
      case INT64 -> Long.MIN_VALUE;
      case UINT8 -> 0;
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, TEXT, JSON -> throw notInteger(type);
    };
  }

  public static long max(ElementType type) {
    return switch (type) {
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      case INT64 -> Long.MAX_VALUE;
      case UINT8 -> 255;
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, TEXT, JSON -> throw notInteger(type);
    };
  }

  private static IllegalArgumentException notInteger(ElementType type) {
    return new IllegalArgumentException(type.label() + " is no integer type");
  }
}
