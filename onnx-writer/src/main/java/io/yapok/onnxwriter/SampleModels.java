package io.yapok.onnxwriter;

import static io.yapok.onnxwriter.OnnxType.tensor;

import io.yapok.onnxwriter.internal.ResNet50;
import io.yapok.onnxwriter.internal.SeededWeights;
import java.util.List;

/**
 * Ready models that behave: each row's answer depends on that row only, and every input of the
 * declared type and shape is answered. Weights come from a seed, so a model's bytes never change.
 *
 * <p>{@code N} stands for the rows of a batch. Those that misbehave are in {@link AwkwardModels}.
 */
public final class SampleModels {
  private static final long SEED = 20260101;
  private static final Dim ROWS = Dim.rows();

  private SampleModels() {}

  /** Logistic regression over 64 numbers: {@code x} FLOAT[N,64] to {@code score} FLOAT[N,1]. */
  public static OnnxModel lr64() {
    return logisticRegression(64, SEED);
  }

  /** Logistic regression: {@code x} FLOAT[N,features] to {@code score} FLOAT[N,1]. */
  public static OnnxModel logisticRegression(int features, long seed) {
    return logisticRegression(ROWS, features, seed);
  }

  /**
   * Logistic regression that takes exactly {@code rows} rows a run: {@code x} FLOAT[rows,features] to
   * {@code score} FLOAT[rows,1]. Its weights are those of the model without a fixed batch.
   */
  public static OnnxModel fixedBatch(int rows, int features, long seed) {
    return logisticRegression(Dim.of(rows), features, seed);
  }

  /** The network 64-256-256-1: {@code x} FLOAT[N,64] to {@code score} FLOAT[N,1]. */
  public static OnnxModel mlp64() {
    return mlp(SEED, 64, 256, 256, 1);
  }

  /**
   * Dense layers with ReLU between them and a sigmoid at the end: {@code x} FLOAT[N,first width] to
   * {@code score} FLOAT[N,last width].
   */
  public static OnnxModel mlp(long seed, int... widths) {
    SeededWeights weights = new SeededWeights(seed);
    int last = widths.length - 1;
    Graph.Builder graph =
        Graph.named("mlp")
            .input("x", tensor(ElementType.FLOAT, ROWS, Dim.of(widths[0])))
            .output("score", tensor(ElementType.FLOAT, ROWS, Dim.of(widths[last])));
    String value = "x";
    for (int layer = 1; layer <= last; layer++) {
      String dense = "dense" + layer;
      String active = layer == last ? "score" : "active" + layer;
      dense(graph, weights, layer, value, dense, widths[layer - 1], widths[layer]);
      graph.node(Node.of(layer == last ? "Sigmoid" : "Relu").in(dense).out(active));
      value = active;
    }
    return graph.toModel();
  }

  /**
   * Two inputs and two outputs: {@code left} and {@code right} FLOAT[N,features] to {@code sum} and
   * {@code difference}, FLOAT[N,features].
   */
  public static OnnxModel twoInTwoOut(int features) {
    OnnxType rows = tensor(ElementType.FLOAT, ROWS, Dim.of(features));
    return Graph.named("two-in-two-out")
        .input("left", rows)
        .input("right", rows)
        .node(Node.of("Add").in("left", "right").out("sum"))
        .node(Node.of("Sub").in("left", "right").out("difference"))
        .output("sum", rows)
        .output("difference", rows)
        .toModel();
  }

  /** What comes in goes out: {@code x} to {@code y}, [N,features] of any type. */
  public static OnnxModel identity(ElementType element, int features) {
    OnnxType rows = tensor(element, ROWS, Dim.of(features));
    return Graph.named("identity")
        .input("x", rows)
        .node(Node.of("Identity").in("x").out("y"))
        .output("y", rows)
        .toModel();
  }

  /**
   * A text in, its place in a list out: {@code word} STRING[N,1] to {@code place} INT64[N,1], -1 for a
   * word that is not in {@code vocabulary}.
   */
  public static OnnxModel wordPlace(String... vocabulary) {
    long[] places = new long[vocabulary.length];
    for (int place = 0; place < places.length; place++) {
      places[place] = place;
    }
    return Graph.named("word-place")
        .input("word", tensor(ElementType.STRING, ROWS, Dim.of(1)))
        .node(
            Node.ml("LabelEncoder")
                .in("word")
                .out("place")
                .with(Attribute.strings("keys_strings", vocabulary))
                .with(Attribute.ints("values_int64s", places))
                .with("default_int64", -1))
        .output("place", tensor(ElementType.INT64, ROWS, Dim.of(1)))
        .toModel();
  }

  /**
   * A classifier as scikit-learn's exporter writes it: {@code x} FLOAT[N,4] to {@code label} STRING[N]
   * and {@code probabilities}, a sequence of N maps from the labels {@code setosa}, {@code versicolor},
   * {@code virginica} to FLOAT.
   */
  public static OnnxModel zipMapClassifier() {
    SeededWeights weights = new SeededWeights(SEED);
    Attribute labels =
        Attribute.strings("classlabels_strings", "setosa", "versicolor", "virginica");
    return Graph.named("zipmap-classifier")
        .input("x", tensor(ElementType.FLOAT, ROWS, Dim.of(4)))
        .node(
            Node.ml("LinearClassifier")
                .in("x")
                .out("label", "raw")
                .with(Attribute.floats("coefficients", weights.next(12, 1)))
                .with(Attribute.floats("intercepts", weights.next(3, 1)))
                .with(Attribute.of("post_transform", "SOFTMAX"))
                .with("multi_class", 1)
                .with(labels))
        .node(Node.ml("ZipMap").in("raw").out("probabilities").with(labels))
        .output("label", tensor(ElementType.STRING, ROWS))
        .output(
            "probabilities",
            OnnxType.sequence(OnnxType.map(ElementType.STRING, tensor(ElementType.FLOAT))))
        .toModel();
  }

  /** A ResNet-50 as for ImageNet, 25.6 million weights: {@code x} FLOAT[N,3,224,224] to {@code score} FLOAT[N,1000]. Some 100 MB, made anew by each call. */
  public static OnnxModel resnet50() {
    return new ResNet50(SEED).toModel();
  }

  private static OnnxModel logisticRegression(Dim rows, int features, long seed) {
    Graph.Builder graph =
        Graph.named("logistic-regression")
            .input("x", tensor(ElementType.FLOAT, rows, Dim.of(features)));
    dense(graph, new SeededWeights(seed), 1, "x", "logit", features, 1);
    return graph
        .node(Node.of("Sigmoid").in("logit").out("score"))
        .output("score", tensor(ElementType.FLOAT, rows, Dim.of(1)))
        .toModel();
  }

  /** Adds {@code out = in x weights + bias}, with weights small enough to keep activations near 1. */
  private static void dense(
      Graph.Builder graph, SeededWeights weights, int layer, String in, String out, int from, int to) {
    String weight = "weight" + layer;
    String bias = "bias" + layer;
    float bound = (float) Math.sqrt(6.0 / from);
    graph
        .initializer(
            Initializer.floats(weight, List.of((long) from, (long) to), weights.next(from * to, bound)))
        .initializer(Initializer.floats(bias, List.of((long) to), weights.next(to, 0.1f)))
        .node(Node.of("Gemm").in(in, weight, bias).out(out));
  }
}
