package io.yapok.model.internal.compile;

import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong so far, each once. */
final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  void add(String what, Where where, String whatToDo) {
    found.add(new Problem(what, where, whatToDo));
  }

  void addAll(List<Problem> problems) {
    found.addAll(problems);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** Throws everything found, in the order of the lines, or does nothing. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      Comparator<Problem> byLine = Comparator.comparingInt(problem -> problem.where().line());
      throw new ProblemsException(found.stream().sorted(byLine.thenComparingInt(problem -> problem.where().column())).toList());
    }
  }
}
