package io.yapok.app.internal.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.topology.DeadLetterHeaders;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectGroupsTest {
  @Test
  void shouldCountByKindTheLargestFirstWithTheLastOfEach() {
    var groups = new RejectGroups();
    groups.add(letter(1, "missing_field", "amount"), false);
    groups.add(letter(2, "malformed", ""), false);
    groups.add(letter(3, "malformed", ""), true);

    assertThat(groups.largestFirst())
        .satisfiesExactly(
            most -> {
              assertThat(most.kind()).isEqualTo(new RejectGroup.Kind("malformed", "source", ""));
              assertThat(most.count()).isEqualTo(2);
              assertThat(most.replayed()).isEqualTo(1);
              assertThat(most.sample().place()).isEqualTo(new RecordPlace(0, 3));
            },
            least -> assertThat(least.kind().field()).isEqualTo("amount"));
  }

  @Test
  void shouldKeepItsMemoryBoundedWhenEveryRecordInventsAKind() {
    var groups = new RejectGroups();
    for (int i = 0; i < 10_000; i++) {
      groups.add(letter(i, "reason" + i, "field" + i), false);
    }

    assertThat(groups.largestFirst()).hasSizeLessThanOrEqualTo(2_001);
    assertThat(groups.largestFirst().stream().mapToLong(RejectGroup::count).sum()).isEqualTo(10_000);
  }

  @Test
  void shouldCountFieldsTogetherWhenThereAreTooMany() {
    var groups = new RejectGroups();
    for (int i = 0; i < 3_000; i++) {
      groups.add(letter(i, "missing_field", "field" + i), false);
    }

    assertThat(groups.largestFirst().getFirst().kind()).isEqualTo(new RejectGroup.Kind("missing_field", "source", RejectGroups.OTHER_FIELDS));
    assertThat(groups.largestFirst().getFirst().count()).isEqualTo(2_000);
  }

  @Test
  void shouldLetThroughOnlyWhatAFilterNames() {
    var any = new RejectFilter("fraud", Set.of(), Set.of(), Set.of(), Set.of());
    var one = new RejectFilter("fraud", Set.of("malformed"), Set.of("source"), Set.of(), Set.of(new RecordPlace(0, 2)));

    assertThat(any.test(letter(1, "missing_field", "amount"))).isTrue();
    assertThat(one.test(letter(2, "malformed", ""))).isTrue();
    assertThat(one.test(letter(1, "malformed", ""))).as("another record").isFalse();
    assertThat(one.test(letter(2, "missing_field", "amount"))).as("another reason").isFalse();
    assertThat(new RejectFilter("ranking", Set.of(), Set.of(), Set.of(), Set.of()).test(letter(1, "malformed", ""))).as("another pipeline's").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", ":", "1:", ":1", "-1:4", "1:-4", "1:4:5", "1:99999999999999999999", " 1:4"})
  void shouldReadNoPlaceWhereNoneIsNamed(String text) {
    assertThat(RecordPlace.parse(text)).isEmpty();
  }

  @Test
  void shouldReadTheStringFormOfAPlace() {
    assertThat(RecordPlace.parse(new RecordPlace(3, 1405).toString())).contains(new RecordPlace(3, 1405));
  }

  private static DeadLetter letter(long offset, String reason, String field) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DeadLetterHeaders.ORIGIN_TOPIC, "t".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.PIPELINE, "fraud".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.REASON, reason.getBytes(UTF_8));
    headers.add(DeadLetterHeaders.STEP, "source".getBytes(UTF_8));
    headers.add(DeadLetterHeaders.FIELD, field.getBytes(UTF_8));
    return DeadLetter.of(new ConsumerRecord<>("bad", 0, offset, 5L, TimestampType.CREATE_TIME, 0, 1, new byte[0], new byte[1], headers, Optional.empty()));
  }
}
