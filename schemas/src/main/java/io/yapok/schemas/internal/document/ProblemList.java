package io.yapok.schemas.internal.document;

import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** What was found wrong so far. An aliased part is read more than once, so what is found again is kept once. */
final class ProblemList {
  /** A file with more is no pipeline document, and nobody reads on. */
  private static final int MAX_PROBLEMS = 200;

  private static final int MAX_LENGTH = 400;

  private final Set<Problem> problems = new LinkedHashSet<>();

  void add(String what, Where where, String whatToDo) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new Problem(shortened(what), where, shortened(whatToDo)));
    }
  }

  /** How many there are so far. */
  int size() {
    return problems.size();
  }

  /** Both ends of a text that nobody would read, since it quotes a document's word of any length. */
  private static String shortened(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 100) + " ... " + text.substring(text.length() - 100);
  }

  /** Throws everything found, in the order of the lines, or does nothing. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      Comparator<Problem> byLine = Comparator.comparingInt(problem -> problem.where().line());
      throw new ProblemsException(problems.stream().sorted(byLine.thenComparingInt(problem -> problem.where().column())).toList());
    }
  }
}
