package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.Steps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.StateSpec;
import io.yapok.state.StateCodec;
import io.yapok.state.StateTable;
import io.yapok.topology.internal.SourceRecords;
import io.yapok.topology.internal.TableMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody can tell whether idle keys are deleted, but by records that are later than the margin. */
class ExpiryReplayTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MARGIN = 24 * HOUR;
  private static final String PIPELINE =
      """
      name: p
      source: {topic: in, tombstone: pass}
      state:
        features:
          n: count
          gap: seconds_since_last
          day: {aggregate: sum, of: x, over: 24h}
          usual: {aggregate: ewma, of: x, half_life: 5h}
          lately: {aggregate: last, of: x, n: 3}
        dedupe: {within: %s, keep: 5}
        ttl: %s
      steps: [{transform: {n: state.n, gap: state.gap, day: state.day, usual: state.usual, last: "state.lately[2]", bad: 1 / int(x)}}]
      sink: {topic: out}
      rejects: fail
      """;

  @Test
  void shouldAnswerTheSameWhenIdleKeysAreDeletedBetweenAllBatches() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int deleted = 0;
    for (int round = 0; round < 20; round++) {
      String yaml = PIPELINE.formatted(1 + random.nextInt(12) + "h", 1 + random.nextInt(12) + "h");
      List<ConsumerRecord<byte[], byte[]>> records = records(random, MARGIN);
      Run kept = new Run(yaml, records, random, false);
      Run expiring = new Run(yaml, records, random, true);

      assertThat(expiring.answers).as("seed %d round %d", seed, round).isEqualTo(kept.answers);
      assertThat(kept.stored()).as("seed %d round %d", seed, round).containsAllEntriesOf(expiring.stored());
      assertThat(kept.answers).anyMatch(answer -> answer.contains("yapok-duplicate")).contains("expression_failed");
      deleted += expiring.deleted;
    }
    assertThat(deleted).isGreaterThan(1000);
  }

  @Test
  void shouldBeToldByRecordsThatAreLaterThanTheMargin() {
    List<ConsumerRecord<byte[], byte[]>> records = records(new Random(1), 3 * MARGIN);
    String yaml = PIPELINE.formatted("6h", "6h");

    assertThat(new Run(yaml, records, new Random(1), true).answers).isNotEqualTo(new Run(yaml, records, new Random(1), false).answers);
  }

  /** Of a few keys that come often and many that come seldom, over some weeks, at most so late. */
  private static List<ConsumerRecord<byte[], byte[]>> records(Random random, long latest) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 1500; i++) {
      time += random.nextInt(20) == 0 ? random.nextLong(6 * HOUR) : random.nextLong(HOUR / 2);
      long late = switch (random.nextInt(8)) {
        case 0 -> latest;
        case 1, 2 -> random.nextLong(latest);
        default -> 0;
      };
      String key = "k" + random.nextInt(random.nextInt(4) == 0 ? 4 : 80);
      byte[] value = random.nextInt(40) == 0 ? null : ("{\"x\": " + random.nextInt(4) + "}").getBytes(UTF_8);
      records.add(new ConsumerRecord<>("in", 0, i, Math.max(0, time - late), TimestampType.CREATE_TIME, -1, -1, key.getBytes(UTF_8), value, new RecordHeaders(), Optional.empty()));
    }
    return records;
  }

  /** Records through a pipeline, cut at random. */
  private static final class Run implements PipelineRunner.Answers {
    private final List<String> answers = new ArrayList<>();
    private final StateTable table = StateTable.inMemory();
    private int deleted;

    Run(String yaml, List<ConsumerRecord<byte[], byte[]>> records, Random cuts, boolean expires) {
      try (var pipeline = new Pipeline(Steps.compile(PipelineDocument.parse(yaml, "p.yaml")));
          var runner = new PipelineRunner(pipeline.current(), () -> Instant.EPOCH)) {
        Memory memory = new TableMemory(table);
        long streamTime = 0;
        for (int from = 0; from < records.size(); ) {
          int to = Math.min(records.size(), from + 1 + cuts.nextInt(20));
          List<ConsumerRecord<byte[], byte[]>> some = records.subList(from, to);
          runner.run(SourceRecords.of(some), memory, this);
          streamTime = Math.max(streamTime, some.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow());
          if (expires) {
            deleteAllIdle(pipeline.current().state(), memory, streamTime);
            deleteAllIdle(pipeline.current().state(), new TableMemory(table), streamTime); // looks at all, as after a start
          }
          from = to;
        }
      }
    }

    private void deleteAllIdle(StateSpec spec, Memory memory, long streamTime) {
      while (memory.mayHaveIdleKeys(spec, streamTime)) {
        deleted += memory.deleteIdleKeys(spec, streamTime);
      }
    }

    /** In Avro's JSON, but for the schema. */
    Map<String, String> stored() {
      Map<String, String> stored = new TreeMap<>();
      var codec = new StateCodec();
      table.scan(null, (key, value) -> {
        codec.learn(key, value); // comes first
        codec.show(value).ifPresent(shown -> stored.put(new String(key, UTF_8), lasting(shown.json())));
        return true;
      });
      assertThat(stored).isNotEmpty();
      return stored;
    }

    /** What must be the same however often it is computed: all but the times. */
    private static String lasting(String text) {
      return text.replaceAll("elapsed[^]]*]", "");
    }

    @Override
    public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
      answers.add((value == null ? "tombstone" : lasting(new String(value, UTF_8))) + headers.stream().map(ResultHeader::name).toList());
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      answers.add(reject.reason().code());
    }
  }
}
