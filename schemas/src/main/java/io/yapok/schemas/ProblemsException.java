package io.yapok.schemas;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown once with everything that was found wrong, so that its user need not find one problem a try. The command line prints it without a stack trace and exits with 1. */
public final class ProblemsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * An exception with these problems.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("no problem to report");
    }
    this.problems = List.copyOf(problems);
  }

  /** An exception with one problem. */
  public ProblemsException(Problem problem) {
    this(List.of(problem));
  }

  /** All problems, in the order of their places where they have one; never empty. */
  public List<Problem> problems() {
    return problems;
  }
}
