package io.yapok.schemas;

/**
 * Something that its user must put right before Yapok can start: in a pipeline document, a model, a configuration. Printed as one line,
 * {@code error: <what>, <where>, <what to do>}.
 *
 * @param what is wrong, as a clause without a full stop: {@code unknown key "surce"}
 * @param where it stands
 * @param whatToDo about it, as an instruction without a full stop: {@code write "source"}
 */
public record Problem(String what, Where where, String whatToDo) {
  public Problem {
    if (what.isBlank() || whatToDo.isBlank()) {
      throw new IllegalArgumentException("a problem says what is wrong and what to do");
    }
  }

  /**
   * The line for standard error, without {@code error: } before it. What input may hold to break a line or to steer a terminal, control characters and marks that turn
   * the direction of writing, is shown as {@code ?}.
   */
  @Override
  public String toString() {
    return (what + ", " + where + ", " + whatToDo).replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]", "?");
  }
}
