package io.yapok.model.internal.kernel;

import io.yapok.schemas.ElementType;
import java.util.List;

/** An expression whose names are slots and whose types are known: immutable, shared by all threads, and correct, so that binding it to a batch cannot fail. */
public sealed interface Term {
  ValueType type();

  /** A whole number. */
  record IntegerConstant(long value, ValueType type) implements Term {}

  /** A floating-point number. */
  record FloatConstant(double value, ValueType type) implements Term {}

  /** True or false. */
  record BoolConstant(boolean value) implements Term {
    @Override
    public ValueType type() {
      return ValueType.scalar(ValueType.Base.BOOL);
    }
  }

  /** Text. */
  record TextConstant(String value) implements Term {
    @Override
    public ValueType type() {
      return ValueType.scalar(ValueType.Base.TEXT);
    }
  }

  /**
   * The row's value in a column.
   *
   * @param stored the column's element type, which may be narrower than the term's
   */
  record Read(int slot, ElementType stored, ValueType type) implements Term {}

  /** An operator or function on values of types that it takes. */
  record Apply(Op op, List<Term> args, ValueType type) implements Term {
    public Apply {
      args = List.copyOf(args);
    }

    Term arg(int index) {
      return args.get(index);
    }
  }
}
