package io.yapok.model.internal.kernel;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;

/**
 * What a term's value is in one row.
 *
 * @param base of each element
 * @param shape of one row; a column whose rows have exactly one element counts as a scalar
 * @param literal whether the value is made of number literals alone, which take the type of what they meet
 */
public record ValueType(Base base, RowShape shape, boolean literal) {
  /** The types that expressions compute in; narrower columns widen to them when they are read. */
  public enum Base {
    BOOL(ElementType.BOOL),
    INT64(ElementType.INT64),
    /** Computed as float64 and rounded where it is compared, converted or stored. */
    FLOAT32(ElementType.FLOAT32),
    FLOAT64(ElementType.FLOAT64),
    TEXT(ElementType.TEXT);

    private final ElementType stored;

    Base(ElementType stored) {
      this.stored = stored;
    }

    /** The type of a column that holds such values. */
    public ElementType stored() {
      return stored;
    }

    public boolean isNumeric() {
      return this == INT64 || isFloating();
    }

    public boolean isFloating() {
      return this == FLOAT32 || this == FLOAT64;
    }
  }

  /** One value of this base a row. */
  public static ValueType scalar(Base base) {
    return new ValueType(base, RowShape.SCALAR, false);
  }

  /** A row of values that are no literals. */
  public static ValueType of(Base base, RowShape shape) {
    return new ValueType(base, shape, false);
  }

  /**
   * What reading such a column gives.
   *
   * @throws IllegalArgumentException for {@link ElementType#JSON}, which nothing can be computed from
   */
  public static ValueType ofColumn(ElementType type, RowShape shape) {
    Base base = switch (type) {
      case FLOAT32, FLOAT16, BFLOAT16 -> Base.FLOAT32;
      case FLOAT64 -> Base.FLOAT64;
      case INT8, INT16, INT32, INT64, UINT8 -> Base.INT64;
      case BOOL -> Base.BOOL;
      case TEXT -> Base.TEXT;
      case JSON -> throw new IllegalArgumentException("nothing can be computed from JSON text");
    };
    return of(base, shape.isFixed() && shape.elements() == 1 ? RowShape.SCALAR : shape);
  }

  public boolean isScalar() {
    return shape.rank() == 0;
  }

  /** The base that two numbers are computed in: literals follow the other side, and columns of different types meet in float64. */
  public static Base join(ValueType left, ValueType right) {
    if (left.literal != right.literal) {
      Base strong = left.literal ? right.base : left.base;
      Base weak = left.literal ? left.base : right.base;
      return strong.isFloating() ? strong : weak;
    }
    return left.base == right.base ? left.base : Base.FLOAT64;
  }

  /** As messages name it: {@code text}, {@code vector of float32 [10]}. */
  @Override
  public String toString() {
    String element = base.stored().label();
    return isScalar() ? element : "vector of " + element + " " + shape;
  }
}
