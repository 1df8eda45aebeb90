package io.yapok.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeverNegativeTimestampTest {
  @ParameterizedTest
  @CsvSource({"-1, 0", "-9223372036854775808, 0", "0, 0", "1234, 1234"})
  void shouldTakeTheRecordsOwnTimestampWhateverTheStreamsAndNoneBelowZero(long own, long expected) {
    var record = new ConsumerRecord<Object, Object>("in", 0, 0, own, TimestampType.CREATE_TIME, -1, -1, null, null, new RecordHeaders(), Optional.empty());

    assertThat(new NeverNegativeTimestamp().extract(record, 99_999)).isEqualTo(expected);
  }
}
