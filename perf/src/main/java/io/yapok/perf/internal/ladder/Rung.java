package io.yapok.perf.internal.ladder;

import java.util.Arrays;
import java.util.Optional;

/** How much of a record's path a run takes; each has all that those before it have. */
public enum Rung {
  /** Kafka's consumer and transactional producer; what is sent is as large as a result. */
  CLIENT("client only"),
  /** Polls are folded, and taken apart again. */
  FOLD("fold"),
  /** Values become columns. */
  DECODE("decode"),
  /** The model runs, once a batch. */
  MODEL("model"),
  /** A rule is checked for each row. */
  VALIDATE("validate"),
  /** Columns become the bytes that are sent. */
  ENCODE("encode"),
  /** A batch's results leave as one record that the producer takes apart. */
  UNFOLD("unfold"),
  /** {@code yapok run}: Kafka Streams between the hooks, counters, limits, health. */
  YAPOK("the rest: Kafka Streams, counters");

  private final String label;

  Rung(String label) {
    this.label = label;
  }

  /** What it adds, for the report. */
  String label() {
    return label;
  }

  /** Whether a run of this rung has that stage. */
  boolean has(Rung stage) {
    return compareTo(stage) >= 0;
  }

  /** The rung of this name, as the enum has it. */
  static Optional<Rung> named(String name) {
    return Arrays.stream(values()).filter(rung -> rung.name().equals(name)).findFirst();
  }
}
