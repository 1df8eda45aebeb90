package io.yapok.app.internal;

import io.yapok.schemas.Problem;
import io.yapok.schemas.Where;

/** Something around the program is not as it must be: a broker that is not there, a port that is taken, a full disk. Ends the program with exit code 3. */
public final class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public EnvironmentException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /** A problem with something that has no lines: an address, a directory, an option. */
  public EnvironmentException(String what, String where, String whatToDo, Throwable cause) {
    this(new Problem(what, Where.of(where), whatToDo), cause);
  }

  /** The same where nothing was thrown. */
  public EnvironmentException(String what, String where, String whatToDo) {
    this(new Problem(what, Where.of(where), whatToDo));
  }

  private EnvironmentException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
