package io.yapok.schemas;

/** A schema registry is not there, or does not let us in: the environment's fault, which the command line reports with exit code 3. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public RegistryException(Problem problem, Throwable cause) {
    super(problem.toString(), cause);
    this.problem = problem;
  }

  /** What to tell the user. */
  public Problem problem() {
    return problem;
  }
}
