package io.yapok.perf.internal.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void shouldHaveTheSameSumWhenAnswersComeInAnotherOrder() {
    assertThat(tally(0, 10, 1, 11, 2, 12).sum()).isEqualTo(tally(2, 12, 0, 10, 1, 11).sum());
  }

  @Test
  void shouldHaveAnotherSumWhenTwoRecordsHaveEachOthersAnswers() {
    assertThat(tally(0, 10, 1, 11, 2, 12).sum()).isNotEqualTo(tally(0, 11, 1, 10, 2, 12).sum());
  }

  @Test
  void shouldBeCompleteOnlyWhenEachRecordIsAnsweredOnce() {
    assertThat(tally(0, 10, 1, 11, 2, 12).isComplete()).isTrue();
    assertThat(tally(0, 10, 1, 11).isComplete()).isFalse();
    assertThat(tally(0, 10, 1, 11, 2, 12, 2, 12).isComplete()).isFalse();
    assertThat(tally(0, 10, 1, 11, 2, 12, 3, 13).isComplete()).isFalse();
    assertThat(tally(0, 10, 1, 11, 2, 12, -1, 13)).hasToString("3 of 3 records answered, 0 of them more than once, 1 answers to records that never were");
  }

  private static Tally tally(int... idsAndAnswers) {
    Tally tally = new Tally(3);
    for (int at = 0; at < idsAndAnswers.length; at += 2) {
      tally.add(idsAndAnswers[at], idsAndAnswers[at + 1]);
    }
    return tally;
  }
}
