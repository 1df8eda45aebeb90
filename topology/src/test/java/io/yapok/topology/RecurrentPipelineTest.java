package io.yapok.topology;

import static io.yapok.topology.KeyedRuns.tensor;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.topology.KeyedRuns.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recurrent model's tensors, remembered per key from record to record. */
class RecurrentPipelineTest {
  private static final int FEATURES = 8;
  private static final String STEPS =
      """
      name: recurrent
      source: {topic: steps, format: tensor, tombstone: pass}
      steps:
        - {model: m.onnx, deterministic: true, state: {h_in: h_out}}
      sink: {topic: scored, format: tensor}
      rejects: {topic: bad}
      """;

  @TempDir private Path directory;

  private Pipeline pipeline(OnnxModel model, String yaml) {
    try {
      model.writeTo(directory.resolve("m.onnx"));
      return Pipeline.load(Files.writeString(directory.resolve("p.yaml"), yaml));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** {@code y = h_in + x}, which is the next state. */
  private static OnnxModel sum() {
    OnnxType one = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1));
    return Graph.named("sum")
        .input("x", one)
        .input("h_in", one)
        .node(Node.of("Add").in("x", "h_in").out("h_out"))
        .node(Node.of("Identity").in("h_out").out("y"))
        .output("y", one)
        .output("h_out", one)
        .toModel();
  }

  /** What the sum's records are answered when they run together, in hexadecimal of float32. */
  private List<String> answers(String yaml, Sent... sent) {
    KeyedRuns runs = new KeyedRuns();
    try (Pipeline pipeline = pipeline(sum(), yaml);
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      runs.run(runner, Memory.inHeap(), List.of(sent), 0, sent.length);
    }
    return runs.answers;
  }

  private static String hex(float number) {
    return java.util.HexFormat.of().formatHex(tensor(number));
  }

  private static Sent sent(String key, float x) {
    return new Sent(key, tensor(x), 0);
  }

  @Test
  void shouldAnswerAsOneByOneWhateverThePollsAndBatches() {
    long seed = new Random().nextLong();
    List<Sent> sent = stream(new Random(seed));
    try (Pipeline pipeline = pipeline(SampleModels.gru(FEATURES, 64, 7), STEPS)) {
      KeyedRuns alone = new KeyedRuns();
      try (PipelineRunner runner = new PipelineRunner(pipeline.current())) {
        Memory memory = Memory.inHeap();
        for (int i = 0; i < sent.size(); i++) {
          alone.run(runner, memory, sent, i, i + 1);
        }
      }
      KeyedRuns together = new KeyedRuns();
      Random random = new Random(seed);
      // some 600 bytes a row, so that most runs take several batches
      try (PipelineRunner runner = new PipelineRunner(pipeline.current(), InstantSource.system(), 600 * random.nextInt(1, 200))) {
        Memory memory = Memory.inHeap();
        for (int from = 0; from < sent.size(); ) {
          int to = Math.min(sent.size(), from + 1 + random.nextInt(400));
          together.run(runner, memory, sent, from, to);
          from = to;
        }
      }
      assertThat(alone.answers).contains("tombstone", "wrong_size", "nonfinite_input", "null_key");
      assertThat(together.answers).as("seed %d", seed).isEqualTo(alone.answers);
    }
  }

  /** Of 500 keys, five of them often, with all that keeps a record from the model in between. */
  private static List<Sent> stream(Random random) {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      float[] x = new float[FEATURES];
      for (int at = 0; at < FEATURES; at++) {
        x[at] = (float) random.nextGaussian();
      }
      String key = "k" + random.nextInt(random.nextInt(3) == 0 ? 5 : 500);
      switch (random.nextInt(40)) {
        case 0 -> sent.add(new Sent(key, null, i));
        case 1 -> sent.add(new Sent(key, new byte[3], i));
        case 2 -> {
          x[3] = Float.NaN;
          sent.add(new Sent(key, tensor(x), i));
        }
        case 3 -> sent.add(new Sent(null, tensor(x), i));
        default -> sent.add(new Sent(key, tensor(x), i));
      }
    }
    return sent;
  }

  @Test
  void shouldBeginAnewAfterATombstone() {
    assertThat(answers(STEPS, sent("a", 1), sent("b", 5), sent("a", 2), new Sent("a", null, 0), sent("a", 3), sent("b", 1), sent("a", 4)))
        .containsExactly(hex(1), hex(5), hex(3), "tombstone", hex(3), hex(6), hex(7));
  }

  @Test
  void shouldBeginAnewAfterTheTimeToLive() {
    String yaml = STEPS.replace("steps:\n", "state: {ttl: 10s}\nsteps:\n");
    assertThat(answers(yaml, new Sent("a", tensor(1), 1000), new Sent("a", tensor(2), 11_000), new Sent("a", tensor(4), 21_001), new Sent("a", tensor(8), 21_001)))
        .containsExactly(hex(1), hex(3), hex(4), hex(12));
  }

  @Test
  void shouldRememberBesideFeatures() {
    String yaml = STEPS.replace("steps:\n", "state: {features: {seen: count}}\nsteps:\n").replace("sink: {topic: scored, format: tensor}", "  - transform: {times: double(state.seen)}\nsink: {topic: scored, format: tensor}");
    assertThat(answers(yaml, sent("a", 1), sent("a", 2))).hasSize(2).allMatch(answer -> answer.length() == 2 * (4 + 8)).first().asString().startsWith(hex(1));
  }

  @Test
  void shouldRememberInAStoreOfTheTopology() {
    Properties config = new Properties();
    config.putAll(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "app", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1"));
    try (Pipeline pipeline = pipeline(sum(), STEPS);
        var driver = new TopologyTestDriver(Yapok.topology(pipeline, "app"), config)) {
      var input = driver.createInputTopic("steps", new ByteArraySerializer(), new ByteArraySerializer());
      for (String key : List.of("a", "b", "a", "a")) {
        input.pipeInput(key.getBytes(UTF_8), tensor(2));
      }
      var results = driver.createOutputTopic("scored", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      assertThat(results.readValuesToList()).extracting(java.util.HexFormat.of()::formatHex).containsExactly(hex(2), hex(2), hex(4), hex(6));
    }
  }
}
