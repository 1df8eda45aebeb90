package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.PipelineDocument.BatchLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FoldingTest {
  private static final TopicPartition P0 = new TopicPartition("in", 0);
  private static final TopicPartition P1 = new TopicPartition("in", 1);
  private static final TopicPartition TABLE = new TopicPartition("table", 0);
  private static final Progress PROGRESS = new Progress(InstantSource.system());
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void shouldFoldAPollIntoOneRecordAPartitionWithTheFirstOffset() {
    var polled = polled(Map.of(P0, records(P0, 7, 5, 10), P1, records(P1, 100, 3, 10)));

    var folded = folding(1000, 1 << 20, new Pace()).fold(polled);

    assertThat(folded.records(P0)).hasSize(1);
    assertThat(folded.records(P0).getFirst().offset()).isEqualTo(7);
    assertThat(folded.records(P1).getFirst().offset()).isEqualTo(100);
    assertThat(batch(folded.records(P0).getFirst())).extracting(ConsumerRecord::offset).containsExactly(7L, 8L, 9L, 10L, 11L);
  }

  @Test
  void shouldPassNextOffsetsOnUnchangedWhenFolding() {
    var next = Map.of(P0, new OffsetAndMetadata(4711, Optional.of(3), ""), P1, new OffsetAndMetadata(1));
    var folded = folding(1000, 1 << 20, new Pace()).fold(new ConsumerRecords<>(Map.of(P0, records(P0, 0, 5, 10)), next));

    assertThat(folded.nextOffsets()).isEqualTo(next);
  }

  @Test
  @SuppressWarnings("deprecation")
  void shouldRebuildNextOffsetsWhenAnOldInterceptorLostThem() {
    var polled = new ConsumerRecords<>(Map.of(P0, records(P0, 40, 3, 10), TABLE, records(TABLE, 8, 2, 10)));

    var folded = folding(1, 1 << 20, new Pace()).fold(polled);

    assertThat(folded.nextOffsets()).containsOnlyKeys(P0, TABLE);
    assertThat(folded.nextOffsets().get(P0)).isEqualTo(new OffsetAndMetadata(43, Optional.of(2), ""));
    assertThat(folded.nextOffsets().get(TABLE).offset()).isEqualTo(10);
  }

  @Test
  void shouldPassOtherTopicsThroughUntouched() {
    var table = records(TABLE, 0, 4, 10);

    var folded = folding(1000, 1 << 20, new Pace()).fold(polled(Map.of(TABLE, table, P0, records(P0, 0, 2, 1))));

    assertThat(folded.records(TABLE)).containsExactlyElementsOf(table);
    assertThat(folded.records(P0)).hasSize(1);
  }

  @Test
  void shouldReturnTheSamePollWhenItHasNoRecords() {
    var polled = new ConsumerRecords<byte[], byte[]>(Map.of(), Map.of(P0, new OffsetAndMetadata(9)));

    assertThat(folding(1000, 1 << 20, new Pace()).fold(polled)).isSameAs(polled);
  }

  @Test
  void shouldTakeTheLargestTimestampAndNeverANegativeOne() {
    var late = record(P0, 1, 500, new byte[1]);
    var early = record(P0, 0, 20, new byte[1]);
    var middle = record(P0, 2, 300, new byte[1]);
    var negative = record(P1, 0, -1, new byte[1]);

    var folded = folding(1000, 1 << 20, new Pace()).fold(polled(Map.of(P0, List.of(early, late, middle), P1, List.of(negative))));

    assertThat(folded.records(P0).getFirst().timestamp()).isEqualTo(500);
    assertThat(folded.records(P1).getFirst().timestamp()).isZero();
  }

  @Test
  void shouldSetSerializedSizesToTheSums() {
    var folded = folding(1000, 1 << 20, new Pace()).fold(polled(Map.of(P0, List.of(record(P0, 0, 1, new byte[30]), record(P0, 1, 1, null), record(P0, 2, 1, new byte[12])))));

    assertThat(folded.records(P0).getFirst().serializedValueSize()).isEqualTo(42);
    assertThat(folded.records(P0).getFirst().serializedKeySize()).isEqualTo(6);
  }

  @Test
  void shouldCutByRecords() {
    assertThat(sizes(folding(4, 1 << 20, new Pace()), records(P0, 0, 10, 1))).containsExactly(4, 4, 2);
  }

  @Test
  void shouldCutByBytesButTakeALargeRecordAlone() {
    var records = List.of(record(P0, 0, 1, new byte[40]), record(P0, 1, 1, new byte[40]), record(P0, 2, 1, new byte[500]), record(P0, 3, 1, new byte[40]));

    assertThat(sizes(folding(1000, 100, new Pace()), records)).containsExactly(2, 1, 1);
  }

  @Test
  void shouldCutByExpectedTime() {
    var pace = new Pace(Duration.ofMillis(30).toNanos());
    var folding = new Folding(Set.of("in"), new BatchLimits(1000, 1 << 20, Duration.ofMillis(100)), pace, PROGRESS);

    assertThat(sizes(folding, records(P0, 0, 7, 1))).containsExactly(3, 3, 1);
  }

  @Test
  void shouldTakeOneRecordAtATimeWhenEachTakesLongerThanABatchMay() {
    var folding = new Folding(Set.of("in"), new BatchLimits(1000, 1 << 20, Duration.ofMillis(100)), new Pace(Duration.ofSeconds(3).toNanos()), PROGRESS);

    assertThat(sizes(folding, records(P0, 0, 3, 1))).containsExactly(1, 1, 1);
  }

  @Test
  void shouldKeepEveryRecordOnceInOrderWhateverTheLimits() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var polledRecords = new LinkedHashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
      for (int partition = 0; partition < 3; partition++) {
        var tp = new TopicPartition("in", partition);
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        long offset = random.nextInt(1000);
        for (int i = random.nextInt(1, 60); i > 0; i--) {
          records.add(record(tp, offset, random.nextLong(-5, 1000), random.nextInt(10) == 0 ? null : new byte[random.nextInt(300)]));
          offset += random.nextInt(1, 4);
        }
        polledRecords.put(tp, records);
      }
      var folding = new Folding(Set.of("in"), new BatchLimits(random.nextInt(1, 30), random.nextInt(1, 2000), Duration.ofMillis(10)), new Pace(random.nextInt(3_000_000)), PROGRESS);

      var folded = folding.fold(polled(polledRecords));

      polledRecords.forEach((tp, records) -> {
        var unfolded = folded.records(tp).stream().flatMap(r -> batch(r).stream()).toList();
        assertThat(unfolded).usingElementComparator((a, b) -> a == b ? 0 : 1).containsExactlyElementsOf(records);
        assertThat(folded.records(tp)).allSatisfy(r -> assertThat(r.offset()).isEqualTo(batch(r).getFirst().offset()));
        assertThat(folded.records(tp)).extracting(ConsumerRecord::offset).isSorted();
      });
    }
  }

  @Test
  void shouldPassThroughWhenTheInterceptorWasGivenNoFolding() {
    var interceptor = new FoldingInterceptor();
    interceptor.configure(Map.of());
    var polled = polled(Map.of(P0, records(P0, 0, 2, 1)));

    assertThat(interceptor.onConsume(polled)).isSameAs(polled);
  }

  @Test
  void shouldFoldThroughTheInterceptorWhenItsConfigurationHasTheFolding() {
    var interceptor = new FoldingInterceptor();
    interceptor.configure(Map.of(FoldingInterceptor.FOLDING_CONFIG, folding(10, 1000, new Pace())));

    assertThat(interceptor.onConsume(polled(Map.of(P0, records(P0, 0, 2, 1)))).count()).isEqualTo(1);
  }

  private static Folding folding(int records, long bytes, Pace pace) {
    return new Folding(Set.of("in"), new BatchLimits(records, bytes, LONG), pace, PROGRESS);
  }

  private static List<Integer> sizes(Folding folding, List<ConsumerRecord<byte[], byte[]>> records) {
    return folding.fold(polled(Map.of(P0, records))).records(P0).stream().map(r -> batch(r).size()).toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> batch(ConsumerRecord<byte[], byte[]> standIn) {
    assertThat(standIn.value()).isSameAs(ParcelHeader.STAND_IN);
    var header = (ParcelHeader) standIn.headers().lastHeader(ParcelHeader.KEY);
    return ((Parcel.IncomingBatch) header.parcel()).records();
  }

  private static ConsumerRecords<byte[], byte[]> polled(Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records) {
    var next = new LinkedHashMap<TopicPartition, OffsetAndMetadata>();
    records.forEach((tp, list) -> next.put(tp, new OffsetAndMetadata(list.getLast().offset() + 1)));
    return new ConsumerRecords<>(records, next);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition tp, long firstOffset, int count, int valueBytes) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (int i = 0; i < count; i++) {
      records.add(record(tp, firstOffset + i, 1000 + i, new byte[valueBytes]));
    }
    return records;
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition tp, long offset, long timestamp, byte[] value) {
    return new ConsumerRecord<>(
        tp.topic(), tp.partition(), offset, timestamp, TimestampType.CREATE_TIME, 2, value == null ? -1 : value.length, "k1".getBytes(UTF_8), value, new RecordHeaders(), Optional.of(2));
  }
}
