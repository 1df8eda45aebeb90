package io.yapok.topology;

import static io.yapok.topology.KafkaTopics.header;
import static io.yapok.topology.TensorPipelines.bytes;
import static io.yapok.topology.TensorPipelines.features;
import static io.yapok.topology.TensorPipelines.little;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tensors in and out on a broker. */
class TensorIT {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 20_000;

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;

  @Test
  void shouldAnswerEveryTensorOnceWithItsOwnAnswerAndTheHeadersThatAreItsOwn() throws Exception {
    topics.createFor("lr64", PARTITIONS);
    Map<String, Float> expected = new HashMap<>();
    Map<String, String> refused = new TreeMap<>();
    send(expected, refused);

    try (Pipeline pipeline = TensorPipelines.load(directory, TensorPipelines.LR64)) {
      score(pipeline, expected);
      try (var running = Yapok.stream(pipeline, Map.of(), StreamOptions.of(topics.bootstrapServers(), "lr64").withThreads(2).withStateDirectory(directory))) {
        running.start();
        var out = topics.await(expected.size(), PARTITIONS, "lr64-out");
        var bad = topics.await(refused.size(), PARTITIONS, "lr64-bad");

        assertThat(out).hasSize(expected.size()).extracting(record -> KafkaTopics.text(record.key())).doesNotHaveDuplicates();
        assertThat(out)
            .allSatisfy(
                record -> {
                  assertThat(record.value()).hasSize(4);
                  float score = little(record.value()).getFloat();
                  assertThat(score).isCloseTo(expected.get(KafkaTopics.text(record.key())), within(1e-6f));
                  assertThat(header(record, "yapok-anomaly")).isEqualTo(score > 0.5 ? "high" : null);
                  assertThat(header(record, "yapok-outputs")).isEqualTo("score:FP32[1]");
                  assertThat(header(record, "trace")).isEqualTo(isTraced(KafkaTopics.text(record.key())) ? "mine" : null);
                  assertThat(names(record.headers())).doesNotHaveDuplicates();
                });
        assertThat(out.stream().map(record -> header(record, "yapok-pipeline")).collect(Collectors.toSet())).isEqualTo(Set.of("lr64@" + pipeline.current().version()));
        assertThat(bad).hasSize(refused.size());
        Map<String, String> reasons = new TreeMap<>();
        bad.forEach(record -> reasons.put(KafkaTopics.text(record.key()), header(record, "yapok.reject.reason")));
        assertThat(reasons).isEqualTo(refused);
        assertThat(running.counters().batches()).as("records come in batches").isLessThan(RECORDS / 20);
      }
    }
  }

  private static void send(Map<String, Float> expected, Map<String, String> refused) {
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < RECORDS; i++) {
        String key = "k" + i;
        byte[] value = bytes(features(1, i));
        if (i % 100 == 7) {
          value = new byte[i % 256];
          refused.put(key, "wrong_size");
        } else if (i % 100 == 9) {
          value = bytes(new float[63]);
          refused.put(key, "wrong_size");
        } else if (i % 100 == 11) {
          float[] infinite = features(1, i);
          infinite[i % 64] = Float.POSITIVE_INFINITY;
          value = bytes(infinite);
          refused.put(key, "nonfinite_input");
        } else {
          expected.put(key, Float.NaN);
        }
        RecordHeaders headers = new RecordHeaders();
        if (isTraced(key)) {
          headers.add("trace", "mine".getBytes(UTF_8)).add("yapok-anomaly", "earlier".getBytes(UTF_8)).add("yapok-models", "earlier".getBytes(UTF_8));
        }
        producer.send(new ProducerRecord<>("lr64", i % PARTITIONS, System.currentTimeMillis(), key.getBytes(UTF_8), value, headers));
      }
    }
  }

  private static boolean isTraced(String key) {
    return Integer.parseInt(key.substring(1)) % 3 == 0;
  }

  /** Fills in the answers of records that are run alone, without Kafka. */
  private static void score(Pipeline pipeline, Map<String, Float> expected) {
    try (PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      expected.replaceAll((key, none) -> TensorPipelines.score(runner, features(1, Long.parseLong(key.substring(1)))));
    }
  }

  private static Iterable<String> names(Iterable<Header> headers) {
    return StreamSupport.stream(headers.spliterator(), false).map(Header::key).toList();
  }
}
