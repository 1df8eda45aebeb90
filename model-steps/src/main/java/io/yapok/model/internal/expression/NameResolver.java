package io.yapok.model.internal.expression;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;

/** What the names in an expression stand for. Implemented by whoever compiles the steps, who knows what each step may see; asked while an expression is compiled. */
public interface NameResolver {
  /**
   * What a name stands for.
   *
   * @param name as written: {@code scores}, or a dotted path such as {@code input.card.country}; {@code input["card-number"]} comes as {@code input.card-number}
   */
  Resolution resolve(String name);

  /**
   * Settles the type of a name that was {@link Undecided}: what the expression needs it to be. Called at most once a name and expression; from then on
   * {@link #resolve} finds it.
   *
   * @param shape a scalar, or a vector of any length
   */
  Found decide(String name, ElementType type, RowShape shape);

  /** The answer. */
  sealed interface Resolution {}

  /**
   * A column.
   *
   * @param shape of one row
   */
  record Found(int slot, ElementType type, RowShape shape) implements Resolution {}

  /** A field of the record whose type nobody has said yet. */
  record Undecided() implements Resolution {}

  /**
   * Nothing that the expression may use.
   *
   * @param what is wrong, as in {@link io.yapok.schemas.Problem}: {@code no value is named "scoers"}
   * @param whatToDo about it: {@code did you mean scores?}
   */
  record Unknown(String what, String whatToDo) implements Resolution {}
}
