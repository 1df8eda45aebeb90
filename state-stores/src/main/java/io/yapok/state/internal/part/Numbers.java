package io.yapok.state.internal.part;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;

/** Reads elements of a column of numbers as doubles. */
@FunctionalInterface
public interface Numbers {
  double at(Column column, int element);

  /**
   * For columns of a type.
   *
   * @throws IllegalArgumentException for text
   */
  static Numbers of(ElementType type) {
    return switch (type) {
      case FLOAT64 -> (column, element) -> column.doubles().get(element);
      case FLOAT32 -> (column, element) -> column.floats().get(element);
      case FLOAT16 -> (column, element) -> Float.float16ToFloat(column.shorts().get(element));
      case BFLOAT16 -> (column, element) -> Float.intBitsToFloat(column.shorts().get(element) << 16);
      case INT64 -> (column, element) -> column.longs().get(element);
      case INT32 -> (column, element) -> column.ints().get(element);
      case INT16 -> (column, element) -> column.shorts().get(element);
      case INT8 -> (column, element) -> column.bytes().get(element);
      case UINT8, BOOL -> (column, element) -> column.bytes().get(element) & 0xFF;
      case TEXT, JSON -> throw new IllegalArgumentException("a column of " + type.label() + " holds no numbers");
    };
  }
}
