package io.yapok.schemas;

/**
 * A value of a pipeline document and where it stands, so that whoever finds it wrong later, an expression's compiler or a check against a model, can say so.
 *
 * @param where the value's first character
 */
public record Located<T>(T value, Where where) {
  /** A problem with this value. */
  public Problem problem(String what, String whatToDo) {
    return new Problem(what, where, whatToDo);
  }

  /** The value as text, for messages. */
  @Override
  public String toString() {
    return value.toString();
  }
}
