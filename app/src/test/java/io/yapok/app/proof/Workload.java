package io.yapok.app.proof;

import static io.yapok.onnxwriter.OnnxType.tensor;

import io.yapok.embedded.KafkaCluster;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a scenario runs: the pipeline, its topics and its numbered records. The model computes {@code sum = 3 a - 2 b + 5 c + count + 7} and looks {@code place} up in a table, all in whole numbers, so that
 * the reference in {@link Reference} has the same bits; it throws for a place outside its table.
 *
 * @param name of the pipeline, its application and its source topic
 */
record Workload(String name, long seed) {
  static final int PARTITIONS = 4;
  static final int KEYS = 400;

  /** What the sink takes, in bytes: more than a batch of the engine's producer, which the same limit of Kafka's is for. */
  static final int LARGEST_RESULT = 160 << 10;

  static final int WEIGHT_A = 3;
  static final int WEIGHT_B = -2;
  static final int WEIGHT_C = 5;
  static final int BIAS = 7;

  private static final String YAML =
      """
      name: NAME
      source: {topic: NAME, format: json}
      state: {features: {before: count, idle: seconds_since_last}}
      steps:
        - model: proof.onnx
          inputs:
            x: [a, b, c, state.before]
            place: place
        - transform: {seen: state.before, gap: state.idle}
      sink: {topic: NAME-out, format: json}
      rejects: {topic: NAME-bad}
      """;

  String source() {
    return name;
  }

  String sink() {
    return name + "-out";
  }

  String rejects() {
    return name + "-bad";
  }

  /** The source partition of a key. */
  static int partition(int key) {
    return key % PARTITIONS;
  }

  Numbered record(int key, int number) {
    return Numbered.of(seed, key, number);
  }

  /** What the model's table has at a place. */
  static float entry(int place) {
    return place * 10f;
  }

  /** Creates the three topics; records and results are never deleted, and the sink takes no result of an oversized record. */
  void createTopics(KafkaCluster cluster) {
    var kept = Map.of("retention.ms", "-1");
    cluster.createTopic(source(), PARTITIONS, kept);
    cluster.createTopic(sink(), PARTITIONS, Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(LARGEST_RESULT)));
    cluster.createTopic(rejects(), PARTITIONS, kept);
  }

  /**
   * Writes the pipeline document and its model.
   *
   * @param more lines to add to the document, such as {@code batch:}; may be empty
   */
  Path write(Path directory, String more) {
    try {
      model().writeTo(directory.resolve("proof.onnx"));
      return Files.writeString(directory.resolve(name + ".yaml"), YAML.replace("NAME", name) + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OnnxModel model() {
    var table = new float[Numbered.TABLE];
    IntStream.range(0, table.length).forEach(place -> table[place] = entry(place));
    return Graph.named("proof")
        .input("x", tensor(ElementType.FLOAT, Dim.rows(), Dim.of(4)))
        .input("place", tensor(ElementType.INT64, Dim.rows(), Dim.of(1)))
        .initializer(Initializer.floats("weights", List.of(4L, 1L), WEIGHT_A, WEIGHT_B, WEIGHT_C, 1))
        .initializer(Initializer.floats("bias", List.of(1L), BIAS))
        .initializer(Initializer.floats("table", List.of((long) table.length), table))
        .node(Node.of("MatMul").in("x", "weights").out("product"))
        .node(Node.of("Add").in("product", "bias").out("sum"))
        .node(Node.of("Gather").in("table", "place").out("entry"))
        .output("sum", tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
        .output("entry", tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
        .toModel();
  }
}
