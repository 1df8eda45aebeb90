package io.yapok.embedded;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why a broker did not start, or did not do what it was asked: what, where, and what to do. */
public final class EmbeddedKafkaException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final String what;
  private final String where;
  private final String whatToDo;

  /** A failure with the exception that it began with, if there is one. */
  public EmbeddedKafkaException(
      String what, String where, String whatToDo, @Nullable Throwable cause) {
    super(cause);
    this.what = what;
    this.where = where;
    this.whatToDo = whatToDo;
  }

  @Override
  public String getMessage() {
    return "%s, %s, %s".formatted(what, where, whatToDo);
  }

  /** What is wrong, for example {@code the port is taken}. */
  public String what() {
    return what;
  }

  /** Where, for example {@code 127.0.0.1:9092}. */
  public String where() {
    return where;
  }

  /** What its reader can do about it. */
  public String whatToDo() {
    return whatToDo;
  }
}
