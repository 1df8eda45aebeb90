package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLetterHeadersTest {
  @Test
  void shouldLeaveTheRecordsOwnHeadersOfTheSameNamesWhenAnotherPipelineMadeIt() {
    RecordHeaders headers = headers("trace", "7", DeadLetterHeaders.PIPELINE, "first", DeadLetterHeaders.MODEL, "m/1", "trace", "8");
    RecordHeaders own = new RecordHeaders(headers);
    add(headers, DeadLetterHeaders.ORIGIN_TOPIC, "t", DeadLetterHeaders.REASON, "malformed", DeadLetterHeaders.PIPELINE, "second");

    assertThat(DeadLetterHeaders.original(headers)).isEqualTo(own);
    assertThat(DeadLetterHeaders.added(headers))
        .containsExactly(
            entry(DeadLetterHeaders.ORIGIN_TOPIC, "t"), entry(DeadLetterHeaders.REASON, "malformed"), entry(DeadLetterHeaders.PIPELINE, "second"));
  }

  @Test
  void shouldTakeOnlyTheLastRejectionsHeadersWhenADeadLetterTopicIsItselfASource() {
    RecordHeaders headers = headers(DeadLetterHeaders.ORIGIN_TOPIC, "t", DeadLetterHeaders.REASON, "malformed");
    RecordHeaders own = new RecordHeaders(headers);
    add(headers, DeadLetterHeaders.ORIGIN_TOPIC, "t-bad", DeadLetterHeaders.REASON, "null_key");

    assertThat(DeadLetterHeaders.original(headers)).isEqualTo(own);
    assertThat(DeadLetterHeaders.added(headers)).containsEntry(DeadLetterHeaders.REASON, "null_key");
  }

  @Test
  void shouldSayNothingAboutARecordThatIsNoDeadLetter() {
    RecordHeaders headers = headers(DeadLetterHeaders.PIPELINE, "first", "trace", "7");

    assertThat(DeadLetterHeaders.added(headers)).isEmpty();
    assertThat(DeadLetterHeaders.original(headers)).isEqualTo(headers);
  }

  private static RecordHeaders headers(String... namesAndValues) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, namesAndValues);
    return headers;
  }

  private static void add(RecordHeaders headers, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
    }
  }
}
