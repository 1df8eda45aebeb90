package io.yapok.perf.internal;

import io.yapok.schemas.Problem;
import io.yapok.schemas.Where;

/** A benchmark that cannot be run, or whose figures would mean nothing. The command line prints it and exits with 3. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String what, String where, String whatToDo) {
    super(new Problem(what, Where.of(where), whatToDo).toString());
  }

  public BenchException(String what, String where, String whatToDo, Throwable cause) {
    super(new Problem(what, Where.of(where), whatToDo).toString(), cause);
  }
}
