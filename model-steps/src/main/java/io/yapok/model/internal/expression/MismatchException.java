package io.yapok.model.internal.expression;

/** Thrown and caught inside this package: an operator cannot be applied to arguments of these types. */
final class MismatchException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String whatToDo;

  MismatchException(String what, String whatToDo) {
    super(what, null, false, false);
    this.what = what;
    this.whatToDo = whatToDo;
  }

  String what() {
    return what;
  }

  String whatToDo() {
    return whatToDo;
  }
}
