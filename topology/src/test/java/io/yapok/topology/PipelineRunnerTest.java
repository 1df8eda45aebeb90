package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.StateSpec;
import io.yapok.topology.internal.SourceRecords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PipelineRunnerTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1000));

  private final CompiledSteps steps = TestPipelines.steps(TestPipelines.DOUBLING, 2);
  private final Told told = new Told();

  @Test
  void shouldAnswerEachRecordInItsOwnOrderAndRejectInPlace() {
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      runner.run(records("{\"x\":1}", "nonsense", "{\"x\":-1}", "{\"x\":4}"), Memory.NONE, told);
    }

    assertThat(told.lines).containsExactly("0 y=2.0", "1 malformed source", "2 expression_failed twice", "3 y=8.0", "batch of 4", "deliver");
  }

  @Test
  void shouldAnswerTheSameWhateverTheBatchingAndCut() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      var values = new ArrayList<String>();
      var expected = new ArrayList<String>();
      for (int i = random.nextInt(1, 80); i > 0; i--) {
        int index = values.size();
        switch (random.nextInt(8)) {
          case 0 -> {
            values.add("{\"x\":");
            expected.add(index + " truncated source");
          }
          case 1 -> {
            values.add("{\"z\":1}");
            expected.add(index + " missing_field source");
          }
          case 2 -> {
            values.add("{\"x\":-1}");
            expected.add(index + " expression_failed twice");
          }
          default -> {
            double x = random.nextInt(100_000);
            values.add("{\"x\":" + x + "}");
            expected.add(index + " y=" + x * 2);
          }
        }
      }
      told.lines.clear();
      // 16 bytes a row: sub-batches of 1 to 20 rows.
      try (var runner = new PipelineRunner(steps, CLOCK, 16L * random.nextInt(1, 21))) {
        runner.run(records(values.toArray(String[]::new)), Memory.NONE, told);
      }
      assertThat(told.lines.stream().filter(line -> Character.isDigit(line.charAt(0)))).containsExactlyElementsOf(expected);
      assertThat(told.lines.getLast()).isEqualTo("deliver");
    }
  }

  @Test
  void shouldRunInSubBatchesButDeliverAndStoreOnce() {
    var memory = new ToldMemory(told);
    try (var runner = new PipelineRunner(steps, CLOCK, 32)) {
      runner.run(records("{\"x\":1}", "{\"x\":2}", "{\"x\":3}"), memory, told);
    }

    assertThat(told.lines)
        .containsExactly(
            "begin", "recall 2", "remember 2", "0 y=2.0", "1 y=4.0", "batch of 2", "recall 1", "remember 1", "2 y=6.0", "batch of 1", "deliver", "write");
  }

  @Test
  void shouldStoreNothingWhenDeliveryFails() {
    var memory = new ToldMemory(told);
    var failing =
        new Told() {
          @Override
          public void deliver() {
            throw new IllegalStateException("no");
          }
        };
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      assertThatThrownBy(() -> runner.run(records("{\"x\":1}"), memory, failing)).hasMessage("no");
    }

    assertThat(told.lines).doesNotContain("write");
  }

  @Test
  void shouldStoreNothingWhenAStepFailsAndRunTheNextBatchAfterwards() {
    var memory = new ToldMemory(told);
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      assertThatThrownBy(() -> runner.run(records("{\"x\":1}", "{\"x\":-99}"), memory, told)).hasMessage("the step is broken");
      assertThat(told.lines).containsExactly("begin", "recall 2");
      runner.run(records("{\"x\":5}"), memory, told);
    }

    assertThat(told.lines).endsWith("begin", "recall 1", "remember 1", "0 y=10.0", "batch of 1", "deliver", "write");
  }

  @Test
  void shouldRejectANegativeTimestamp() {
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      runner.run(SourceRecords.of(List.of(record(null, "{\"x\":1}".getBytes(UTF_8), -1, 0))), Memory.NONE, told);
    }

    assertThat(told.lines).first().isEqualTo("0 negative_timestamp source");
  }

  @Test
  void shouldRejectATombstoneUnlessThePipelinePassesThem() {
    var tombstone = SourceRecords.of(List.of(record(new byte[1], null, 5, 0), record(new byte[1], "{\"x\":1}".getBytes(UTF_8), 5, 1)));
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      runner.run(tombstone, Memory.NONE, told);
    }
    var passing = TestPipelines.steps(TestPipelines.DOUBLING.replace("{topic: in,", "{topic: in, tombstone: pass,"), 2);
    try (var runner = new PipelineRunner(passing, CLOCK)) {
      runner.run(tombstone, Memory.NONE, told);
    }

    assertThat(told.lines).containsExactly("0 null_value source", "1 y=2.0", "batch of 2", "deliver", "0 tombstone", "1 y=2.0", "batch of 2", "deliver");
  }

  @Test
  void shouldRejectANullKeyWhereStateNeedsOne() {
    var remembering = TestPipelines.steps(TestPipelines.DOUBLING + "state: {features: {seen: count}}\n", 2);
    try (var runner = new PipelineRunner(remembering, CLOCK)) {
      runner.run(records("{\"x\":1}"), Memory.inHeap(), told);
    }

    assertThat(told.lines).first().isEqualTo("0 null_key state");
  }

  @Test
  void shouldRememberTheSameWhateverTheBatchingAndCut() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var remembering = TestPipelines.steps(TestPipelines.DOUBLING + "state: {features: {seen: count}}\n", 2);
    for (int round = 0; round < 30; round++) {
      var memory = Memory.inHeap();
      var seen = new HashMap<String, Integer>();
      for (int run = 0; run < 3; run++) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
          var key = "k" + random.nextInt(5);
          boolean truncated = random.nextInt(6) == 0;
          records.add(record(key.getBytes(UTF_8), (truncated ? "{" : "{\"x\":1}").getBytes(UTF_8), 5, i));
          expected.add(truncated ? "truncated" : "seen=" + (seen.merge(key, 1, Integer::sum) - 1));
        }
        var got = new ArrayList<String>();
        try (var runner = new PipelineRunner(remembering, CLOCK, 24L * random.nextInt(1, 50))) {
          runner.run(
              SourceRecords.of(records),
              memory,
              new PipelineRunner.Answers() {
                @Override
                public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
                  got.add(new String(value, UTF_8).replaceAll(".*\"seen\":(\\d+).*", "seen=$1"));
                }

                @Override
                public void reject(Batch batch, int record, Reject reject) {
                  got.add(reject.reason().code());
                }
              });
        }
        assertThat(got).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldForgetWhatARunHadRememberedWhenItsDeliveryFailed() {
    var remembering = TestPipelines.steps(TestPipelines.DOUBLING + "state: {features: {seen: count}}\n", 2);
    var batch = SourceRecords.of(List.of(record("k".getBytes(UTF_8), "{\"x\":1}".getBytes(UTF_8), 5, 0)));
    var memory = Memory.inHeap();
    var seen = new ArrayList<String>();
    var answers =
        new Told() {
          @Override
          public void result(Batch answered, int record, byte[] value, List<ResultHeader> headers) {
            seen.add(new String(value, UTF_8).replaceAll(".*\"seen\":(\\d+).*", "$1"));
          }

          @Override
          public void deliver() {
            if (seen.size() == 1) {
              throw new IllegalStateException("no");
            }
          }
        };
    try (var runner = new PipelineRunner(remembering, CLOCK)) {
      assertThatThrownBy(() -> runner.run(batch, memory, answers)).hasMessage("no");
      runner.run(batch, memory, answers);
      runner.run(batch, memory, answers);
    }

    assertThat(seen).containsExactly("0", "0", "1");
  }

  @Test
  void shouldMeasureDecodingAndEachStep() {
    var elapsed = new ArrayList<Long>();
    try (var runner = new PipelineRunner(steps, CLOCK)) {
      runner.run(
          records("{\"x\":1}"),
          Memory.NONE,
          new Told() {
            @Override
            public void batchDone(Batch batch) {
              elapsed.add(batch.elapsedNanos(0));
              elapsed.add(batch.elapsedNanos(1));
              assertThat(batch.elapsedCount()).isEqualTo(2);
            }
          });
    }

    assertThat(elapsed).hasSize(2).allMatch(nanos -> nanos > 0);
  }

  @Test
  void shouldKeepBackWhatTheSinkDoesNotTakeAndRejectWhatItCannotJudge() {
    CompiledSteps choosy = Steps.compile(PipelineDocument.parse(TestPipelines.DOUBLING.replace("{topic: out,", "{topic: out, only: 10 / int(x) < 4,"), "choosy.yaml"));
    try (var runner = new PipelineRunner(choosy, CLOCK)) {
      runner.run(records("{\"x\":1}", "{\"x\":3}", "nonsense", "{\"x\":2}", "{\"x\":0}"), Memory.NONE, told);
    }

    assertThat(told.lines).containsExactly("0 filtered", "1 y=6.0", "2 malformed source", "3 filtered", "4 expression_failed sink", "batch of 5", "deliver");
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value, long timestamp, long offset) {
    return new ConsumerRecord<>("in", 3, offset, timestamp, TimestampType.CREATE_TIME, -1, -1, key, value, new RecordHeaders(), Optional.empty());
  }

  private static SourceRecords records(String... values) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (int i = 0; i < values.length; i++) {
      records.add(record(null, values[i].getBytes(UTF_8), 5, i));
    }
    return SourceRecords.of(records);
  }

  private static class Told implements PipelineRunner.Answers {
    final List<String> lines = new ArrayList<>();

    @Override
    public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
      var text = value == null ? "tombstone" : new String(value, UTF_8).replaceAll(".*\"y\":\\[?([-0-9.E]+).*", "y=$1");
      lines.add(batch.offset(record) + " " + text);
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      lines.add(batch.offset(record) + " " + reject.reason().code() + " " + reject.step());
    }

    @Override
    public void filter(Batch batch, int record) {
      lines.add(batch.offset(record) + " filtered");
    }

    @Override
    public void batchDone(Batch batch) {
      lines.add("batch of " + batch.records());
    }

    @Override
    public void deliver() {
      lines.add("deliver");
    }
  }

  private record ToldMemory(Told told) implements Memory {
    @Override
    public void begin() {
      told.lines.add("begin");
    }

    @Override
    public void recall(Batch batch, StateSpec spec) {
      told.lines.add("recall " + batch.records());
    }

    @Override
    public void remember(Batch batch) {
      told.lines.add("remember " + batch.records());
    }

    @Override
    public void write() {
      told.lines.add("write");
    }
  }
}
