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

  /**
   * One step of a gated recurrent unit and a sigmoid over it: {@code x} FLOAT[N,features] and {@code h_in} FLOAT[N,hidden] to {@code score} FLOAT[N,1] and {@code
   * h_out} FLOAT[N,hidden].
   */
  public static OnnxModel gru(int features, int hidden, long seed) {
    OnnxType state = tensor(ElementType.FLOAT, ROWS, Dim.of(hidden));
    Graph.Builder graph =
        Graph.named("gru-step")
            .input("x", tensor(ElementType.FLOAT, ROWS, Dim.of(features)))
            .input("h_in", state)
            .initializer(Initializer.int64s("first", List.of(1L), 0))
            .node(Node.of("Unsqueeze").in("x", "first").out("sequence"))
            .node(Node.of("Unsqueeze").in("h_in", "first").out("initial"));
    gated(graph, new SeededWeights(seed), features, hidden, "initial");
    scoreWeights(graph, hidden, seed);
    return graph
        .node(Node.of("Squeeze").in("last", "first").out("h_out"))
        .node(Node.of("Gemm").in("h_out", "score_weight", "score_bias").out("logit"))
        .node(Node.of("Sigmoid").in("logit").out("score"))
        .output("score", tensor(ElementType.FLOAT, ROWS, Dim.of(1)))
        .output("h_out", state)
        .toModel();
  }

  /** The unit of {@link #gru} over whole sequences, each from zeros on: {@code x} FLOAT[N,steps,features] to {@code score} FLOAT[N,steps]. */
  public static OnnxModel gruOverSequences(Dim steps, int features, int hidden, long seed) {
    Graph.Builder graph =
        Graph.named("gru-sequences")
            .input("x", tensor(ElementType.FLOAT, ROWS, steps, Dim.of(features)))
            .initializer(Initializer.int64s("second", List.of(1L), 1))
            .initializer(Initializer.int64s("third", List.of(1L), 2))
            .node(Node.of("Transpose").in("x").out("sequence").with(Attribute.ints("perm", 1, 0, 2)));
    gated(graph, new SeededWeights(seed), features, hidden, "");
    scoreWeights(graph, hidden, seed);
    return graph
        .node(Node.of("Squeeze").in("all", "second").out("by_step"))
        .node(Node.of("Transpose").in("by_step").out("by_row").with(Attribute.ints("perm", 1, 0, 2)))
        .node(Node.of("MatMul").in("by_row", "score_weight").out("product"))
        .node(Node.of("Add").in("product", "score_bias").out("logit"))
        .node(Node.of("Sigmoid").in("logit").out("scores"))
        .node(Node.of("Squeeze").in("scores", "third").out("score"))
        .output("score", tensor(ElementType.FLOAT, ROWS, steps))
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

  /** Adds a gated recurrent unit over {@code sequence} [steps,N,features] that answers {@code all} [steps,1,N,hidden] and {@code last} [1,N,hidden]. */
  private static void gated(Graph.Builder graph, SeededWeights weights, int features, int hidden, String initial) {
    long gates = 3L * hidden;
    float bound = (float) Math.sqrt(1.0 / hidden);
    graph
        .initializer(Initializer.floats("w", List.of(1L, gates, (long) features), weights.next(3 * hidden * features, bound)))
        .initializer(Initializer.floats("r", List.of(1L, gates, (long) hidden), weights.next(3 * hidden * hidden, bound)))
        .initializer(Initializer.floats("b", List.of(1L, 2 * gates), weights.next(6 * hidden, bound)))
        .node(Node.of("GRU").in("sequence", "w", "r", "b", "", initial).out("all", "last").with("hidden_size", hidden).with("linear_before_reset", 1));
  }

  private static void scoreWeights(Graph.Builder graph, int hidden, long seed) {
    SeededWeights weights = new SeededWeights(seed + 1);
    graph
        .initializer(Initializer.floats("score_weight", List.of((long) hidden, 1L), weights.next(hidden, 1)))
        .initializer(Initializer.floats("score_bias", List.of(1L), weights.next(1, 0.1f)));
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
