package io.yapok.model.internal.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.yapok.model.internal.kernel.ValueType;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;

/**
 * What CEL's checker tells apart. All numbers are one kind, so that literals widen and integers mix with floats; which number it is {@link Typing} settles afterwards.
 */
enum Kind {
  NUMBER("number", SimpleType.DOUBLE),
  TEXT("text", SimpleType.STRING),
  BOOL("bool", SimpleType.BOOL),
  NUMBERS("vector", ListType.create(SimpleType.DOUBLE)),
  TEXTS("vector of text", ListType.create(SimpleType.STRING)),
  BOOLS("vector of bool", ListType.create(SimpleType.BOOL));

  private final String label;
  private final CelType cel;

  Kind(String label, CelType cel) {
    this.label = label;
    this.cel = cel;
  }

  /** As messages name it. */
  String label() {
    return label;
  }

  CelType cel() {
    return cel;
  }

  static Kind of(ValueType type) {
    return switch (type.base()) {
      case INT64, FLOAT32, FLOAT64 -> type.isScalar() ? NUMBER : NUMBERS;
      case BOOL -> type.isScalar() ? BOOL : BOOLS;
      case TEXT -> type.isScalar() ? TEXT : TEXTS;
    };
  }

  /** The element type of a field that an expression needs to be of this kind. */
  ElementType fieldType() {
    return switch (this) {
      case NUMBER, NUMBERS -> ElementType.FLOAT64;
      case TEXT, TEXTS -> ElementType.TEXT;
      case BOOL, BOOLS -> ElementType.BOOL;
    };
  }

  /** The row shape of such a field. */
  RowShape fieldShape() {
    return switch (this) {
      case NUMBER, TEXT, BOOL -> RowShape.SCALAR;
      case NUMBERS, TEXTS, BOOLS -> RowShape.of(RowShape.DYNAMIC);
    };
  }
}
