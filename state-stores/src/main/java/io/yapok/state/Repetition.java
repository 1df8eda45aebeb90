package io.yapok.state;

/** Whether a record repeats an earlier one of its key. */
public enum Repetition {
  /** It does not, or there was no answer to repeat. */
  NONE,
  /** Its like was answered: see {@link KeyState#earlier}. */
  ANSWERED,
  /** Its like is in the same batch, and not answered yet. */
  PENDING
}
