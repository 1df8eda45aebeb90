package io.yapok.topology;

import io.yapok.schemas.Problem;

/** The broker is not there, or does not let us do what a pipeline needs: the environment's fault, which the command line reports with exit code 3. */
public final class BrokerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public BrokerException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /** What to tell the user. */
  public Problem problem() {
    return problem;
  }
}
