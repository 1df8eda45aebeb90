package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.Steps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.internal.SourceRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Duplicates, through a pipeline whose answer tells how many records of the key ran before: a duplicate's answer shows whether it ran. */
class DedupeTest {
  private static final String PIPELINE =
      """
      name: p
      source: {topic: in}
      state:
        features: {n: count}
        dedupe: {%s}
      steps: [{transform: {seen: state.n, twice: x * 2.0, bad: 1 / int(x)}}]
      sink: {topic: out%s}
      rejects: fail
      """;

  private final Memory memory = Memory.inHeap();
  private final List<String> answers = new ArrayList<>();
  private int duplicates;
  private long offset;

  @Test
  void shouldSendTheFirstAnswerAgainWhenARecordIsTheSame() {
    try (Pipeline pipeline = pipeline("within: 1h", "")) {
      run(pipeline, record("a", 0, 1), record("a", 10, 2), record("a", 20, 1), record("b", 20, 1));
      run(pipeline, record("a", 3_600_000, 1), record("a", 3_600_001, 2), record("a", 3_600_011, 2));
    }

    assertThat(answers)
        .containsExactly("0 2.0", "1 4.0", "0 2.0 duplicate", "0 2.0", "0 2.0 duplicate", "1 4.0 duplicate", "2 4.0"); // the last is too late for its like at 10
  }

  @Test
  void shouldCompareAFieldWhenOneIsNamed() {
    try (Pipeline pipeline = pipeline("by: order, within: 1h", "")) {
      run(pipeline, of("a", 0, "{\"x\": 1, \"order\": \"o1\"}"), of("a", 0, "{\"x\": 2, \"order\": \"o1\"}"), of("a", 0, "{\"x\": 3, \"order\": \"o2\"}"));
    }

    assertThat(answers).containsExactly("0 2.0", "0 2.0 duplicate", "1 6.0");
  }

  @Test
  void shouldTryAgainWhenTheFirstWasRejected() {
    try (Pipeline pipeline = pipeline("within: 1h", "")) {
      run(pipeline, record("a", 0, 0), record("a", 0, 0), record("a", 0, 5));
    }

    assertThat(answers).containsExactly("expression_failed", "expression_failed", "2 10.0");
  }

  @Test
  void shouldKeepBackWhatWasKeptBack() {
    try (Pipeline pipeline = pipeline("within: 1h", ", only: twice > 3.0")) {
      run(pipeline, record("a", 0, 1), record("a", 0, 1), record("a", 0, 2), record("a", 0, 2));
    }

    assertThat(answers).containsExactly("filtered", "filtered", "1 4.0", "1 4.0 duplicate");
    assertThat(duplicates).isEqualTo(2);
  }

  @Test
  void shouldLetGoOfTheOldestWhenThereAreMoreThanAreKept() {
    try (Pipeline pipeline = pipeline("within: 1h, keep: 2", "")) {
      run(pipeline, record("a", 0, 1), record("a", 0, 2), record("a", 0, 3), record("a", 0, 1), record("a", 0, 3));
    }

    assertThat(answers).containsExactly("0 2.0", "1 4.0", "2 6.0", "3 2.0", "2 6.0 duplicate");
  }

  @Test
  void shouldRunAgainWhenTheAnswerTakesMoreThanItsShareOfTheRoom() {
    String spread = "{\"x\": 1, \"note\": \"" + "a".repeat(600) + "\"}";
    try (Pipeline pipeline = pipeline("within: 1h, keep: 1000", "")) { // of 512 KiB
      run(pipeline, of("a", 0, spread), of("a", 0, spread), record("a", 0, 1), record("a", 0, 1));
    }

    assertThat(answers).containsExactly("0 2.0", "1 2.0", "2 2.0", "2 2.0 duplicate");
  }

  @Test
  void shouldRunAgainWhenATombstoneCameBetween() {
    try (Pipeline pipeline = new Pipeline(Steps.compile(PipelineDocument.parse(PIPELINE.formatted("within: 1h", "").replace("{topic: in}", "{topic: in, tombstone: pass}"), "p.yaml")))) {
      run(pipeline, record("a", 0, 1), of("a", 1, null), record("a", 2, 1), record("a", 3, 1));
      run(pipeline, of("a", 4, null), record("a", 5, 1));
    }

    assertThat(answers).containsExactly("0 2.0", "tombstone", "0 2.0", "0 2.0 duplicate", "tombstone", "0 2.0");
  }

  @Test
  void shouldWaitForTheNewestAnswerWhenAnOlderOneIsThereAlready() {
    try (Pipeline pipeline = pipeline("within: 150ms", "")) {
      run(pipeline, record("a", 266, 1));
      run(pipeline, record("a", 104, 1), record("a", 135, 1)); // the last is near to both
    }

    assertThat(answers).containsExactly("0 2.0", "1 2.0", "1 2.0 duplicate");
  }

  @Test
  void shouldAnswerTheSameHoweverRecordsAreCutIntoBatches() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        long time = i * 20L + random.nextInt(1500); // so that a record can be near enough to one that its like was too far from
        records.add(random.nextInt(30) == 0 ? of("k" + random.nextInt(3), time, null) : record("k" + random.nextInt(3), time, random.nextInt(8)));
      }
      List<String> alone = cut(records, new Random(0), 1);
      assertThat(cut(records, random, 100)).as("seed %d round %d", seed, round).isEqualTo(alone);
      assertThat(alone).anyMatch(answer -> answer.endsWith("duplicate")).contains("expression_failed");
    }
  }

  private static List<String> cut(List<ConsumerRecord<byte[], byte[]>> records, Random random, int most) {
    DedupeTest test = new DedupeTest();
    try (Pipeline pipeline = new Pipeline(Steps.compile(PipelineDocument.parse(PIPELINE.formatted("within: 1s, keep: 5", "").replace("{topic: in}", "{topic: in, tombstone: pass}").replace("features:", "ttl: 2s\n  features:"), "p.yaml")))) {
      for (int from = 0; from < records.size(); ) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(most));
        test.run(pipeline, records.subList(from, to));
        from = to;
      }
    }
    return test.answers;
  }

  private static Pipeline pipeline(String dedupe, String sink) {
    return new Pipeline(Steps.compile(PipelineDocument.parse(PIPELINE.formatted(dedupe, sink), "p.yaml")));
  }

  private ConsumerRecord<byte[], byte[]> record(String key, long timestamp, int x) {
    return of(key, timestamp, "{\"x\": " + x + "}");
  }

  private ConsumerRecord<byte[], byte[]> of(String key, long timestamp, @Nullable String value) {
    return new ConsumerRecord<>("in", 0, offset++, timestamp, TimestampType.CREATE_TIME, -1, -1, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8), new RecordHeaders(), Optional.empty());
  }

  @SafeVarargs
  private void run(Pipeline pipeline, ConsumerRecord<byte[], byte[]>... records) {
    run(pipeline, List.of(records));
  }

  private void run(Pipeline pipeline, List<ConsumerRecord<byte[], byte[]>> records) {
    try (PipelineRunner runner = pipeline.runner()) {
      runner.run(SourceRecords.of(records), memory, new Told());
    }
  }

  private final class Told implements PipelineRunner.Answers {
    @Override
    public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
      String text = value == null ? "tombstone" : new String(value, UTF_8);
      String out = text.replaceAll(".*\"seen\":([0-9]+),\"twice\":([0-9.]+).*", "$1 $2");
      answers.add(out + (headers.stream().anyMatch(header -> header.name().equals("yapok-duplicate")) ? " duplicate" : ""));
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      answers.add(reject.reason().code());
    }

    @Override
    public void filter(Batch batch, int record) {
      answers.add("filtered");
    }

    @Override
    public void duplicate(Batch batch, int record) {
      duplicates++;
    }
  }
}
