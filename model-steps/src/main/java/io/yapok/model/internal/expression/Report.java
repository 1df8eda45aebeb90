package io.yapok.model.internal.expression;

import io.yapok.schemas.Located;
import io.yapok.schemas.Problem;
import java.util.List;

/** Collects what is wrong with one expression, each with its place in the expression's text. */
final class Report {
  private static final int MAX_EXCERPT = 120;

  private final Located<String> expression;
  private final List<Problem> problems;
  private final int before;

  Report(Located<String> expression, List<Problem> problems) {
    this.expression = expression;
    this.problems = problems;
    this.before = problems.size();
  }

  /** Something wrong with the whole of it. */
  void add(String what, String whatToDo) {
    problems.add(expression.problem(what + " in \"" + excerpt() + "\"", whatToDo));
  }

  /**
   * Something wrong at a place.
   *
   * @param offset in code points from the expression's first, counted from 0
   */
  void add(int offset, String what, String whatToDo) {
    problems.add(expression.problem(what + " at character " + (offset + 1) + " of \"" + excerpt() + "\"", whatToDo));
  }

  boolean foundAny() {
    return problems.size() > before;
  }

  private String excerpt() {
    String text = expression.value();
    return text.codePointCount(0, text.length()) <= MAX_EXCERPT ? text : text.substring(0, text.offsetByCodePoints(0, MAX_EXCERPT)) + "...";
  }
}
