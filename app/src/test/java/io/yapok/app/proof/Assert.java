package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

/** What scenarios assert of their outcome, once it stands in the report. */
final class Assert {
  private Assert() {}

  /** Nothing lost, doubled, mixed up or reordered, and the kinds of rejects all seen. */
  static void clean(Outcome outcome) {
    Report.add(outcome);
    assertThat(outcome.verdict().isClean()).as("seed %d: %s", outcome.seed(), outcome.verdict()).isTrue();
    assertThat(outcome.verdict().rejected()).as("some records are poison").isPositive();
  }

  /** The same, and recovery within the bound. */
  static void cleanWithinBound(Outcome outcome) {
    clean(outcome);
    assertThat(outcome.median()).as("median seconds to recover, of %s", outcome.recoveries()).isLessThan(outcome.boundSeconds());
  }
}
