package io.yapok.onnxwriter;

import static io.yapok.onnxwriter.OnnxType.tensor;

import io.yapok.onnxwriter.internal.SeededWeights;
import java.util.List;

/**
 * Ready models that a runtime must notice, refuse or survive. Each method says what is wrong with its
 * model; {@code N} stands for the rows of a batch.
 */
public final class AwkwardModels {
  private static final Dim ROWS = Dim.rows();

  private AwkwardModels() {}

  /**
   * Batch-mates change answers by much: softmax over the rows. {@code x} FLOAT[N,features] to {@code
   * share} FLOAT[N,features]; alone, every row's answer is 1.
   */
  public static OnnxModel softmaxAcrossRows(int features) {
    return oneOperator(
        "softmax-across-rows", Node.of("Softmax").in("x").out("share").with("axis", 0), features);
  }

  /**
   * Batch-mates change answers by a little, as in dynamically quantised models: the scale comes from
   * the smallest and largest element of the whole batch. {@code x} FLOAT[N,features] to {@code score}
   * FLOAT[N,1].
   */
  public static OnnxModel dynamicallyQuantized(int features, long seed) {
    SeededWeights random = new SeededWeights(seed);
    byte[] weights = new byte[features];
    float[] uniform = random.next(features, 127);
    for (int feature = 0; feature < features; feature++) {
      weights[feature] = (byte) uniform[feature];
    }
    return Graph.named("dynamically-quantized")
        .input("x", tensor(ElementType.FLOAT, ROWS, Dim.of(features)))
        .initializer(
            Initializer.bytes("weights", ElementType.INT8, List.of((long) features, 1L), weights))
        .initializer(Initializer.floats("weight_scale", List.of(), 1 / 127f))
        .node(Node.of("DynamicQuantizeLinear").in("x").out("quantized", "scale", "zero"))
        .node(Node.of("MatMulInteger").in("quantized", "weights", "zero").out("product"))
        .node(Node.of("Cast").in("product").out("real").with("to", ElementType.FLOAT.code()))
        .node(Node.of("Mul").in("scale", "weight_scale").out("both_scales"))
        .node(Node.of("Mul").in("real", "both_scales").out("score"))
        .output("score", tensor(ElementType.FLOAT, ROWS, Dim.of(1)))
        .toModel();
  }

  /**
   * Answers fewer rows than it was given: the mean over the batch. {@code x} FLOAT[N,features] to
   * {@code mean} FLOAT[1,features].
   */
  public static OnnxModel meanOfRows(int features) {
    return Graph.named("mean-of-rows")
        .input("x", tensor(ElementType.FLOAT, ROWS, Dim.of(features)))
        .node(Node.of("ReduceMean").in("x").out("mean").with(Attribute.ints("axes", 0)))
        .output("mean", tensor(ElementType.FLOAT, Dim.of(1), Dim.of(features)))
        .toModel();
  }

  /**
   * Fails at run time on some inputs, and with them the whole batch: a look-up in a table of {@code
   * size} entries. {@code place} INT64[N,1] to {@code entry} FLOAT[N,1], which is 10 x place.
   */
  public static OnnxModel failsOutsideTable(int size) {
    float[] table = new float[size];
    for (int place = 0; place < size; place++) {
      table[place] = place * 10f;
    }
    return Graph.named("fails-outside-table")
        .input("place", tensor(ElementType.INT64, ROWS, Dim.of(1)))
        .initializer(Initializer.floats("table", List.of((long) size), table))
        .node(Node.of("Gather").in("table", "place").out("entry"))
        .output("entry", tensor(ElementType.FLOAT, ROWS, Dim.of(1)))
        .toModel();
  }

  /**
   * Answers silently with NaN for negative numbers and with minus infinity for 0: the logarithm.
   * {@code x} FLOAT[N,features] to {@code log} FLOAT[N,features].
   */
  public static OnnxModel nonFinite(int features) {
    return oneOperator("non-finite", Node.of("Log").in("x").out("log"), features);
  }

  /** Its weights lie in another file: {@code x} FLOAT[N,2] to {@code y} FLOAT[N,2]. */
  public static OnnxModel externalData(String location) {
    OnnxType rows = tensor(ElementType.FLOAT, ROWS, Dim.of(2));
    return Graph.named("external-data")
        .input("x", rows)
        .initializer(
            Initializer.external("weights", ElementType.FLOAT, List.of(2L, 2L), location))
        .node(Node.of("MatMul").in("x", "weights").out("y"))
        .output("y", rows)
        .toModel();
  }

  /** Uses an operator that nobody knows: {@code x} FLOAT[N,features] to {@code y}. */
  public static OnnxModel unknownOperator(int features) {
    return oneOperator("unknown-operator", Node.of("Frobnicate").in("x").out("y"), features);
  }

  /** Asks for a version of the operator set that is not out yet. */
  public static OnnxModel futureOpset(int features) {
    return SampleModels.identity(ElementType.FLOAT, features).opset(OnnxModel.ONNX, 9999);
  }

  /**
   * Runs as long as its input says: {@code turns} INT64[1] to {@code done} INT64[1]. With {@code
   * Long.MAX_VALUE} it does not end by itself.
   */
  public static OnnxModel loop() {
    OnnxType one = tensor(ElementType.INT64, Dim.of(1));
    return Graph.named("loop")
        .input("turns", one)
        .initializer(Initializer.bytes("yes", ElementType.BOOL, List.of(), (byte) 1))
        .initializer(Initializer.int64s("zero", List.of(1L), 0))
        .initializer(Initializer.int64s("no_axes", List.of(0L)))
        .node(Node.of("Reshape").in("turns", "no_axes").out("scalar"))
        .node(
            Node.of("Loop")
                .in("scalar", "yes", "zero")
                .out("done")
                .with(Attribute.of("body", countOne(one))))
        .output("done", one)
        .toModel();
  }

  /**
   * Allocates as much as its input says, without an error: {@code elements} INT64[1] to {@code zeros}
   * FLOAT[elements].
   */
  public static OnnxModel allocates() {
    return Graph.named("allocates")
        .input("elements", tensor(ElementType.INT64, Dim.of(1)))
        .node(Node.of("ConstantOfShape").in("elements").out("zeros"))
        .output("zeros", tensor(ElementType.FLOAT, Dim.unknown()))
        .toModel();
  }

  private static Graph countOne(OnnxType one) {
    OnnxType yes = tensor(ElementType.BOOL);
    return Graph.named("count-one")
        .input("turn", tensor(ElementType.INT64))
        .input("go", yes)
        .input("count", one)
        .initializer(Initializer.int64s("step", List.of(1L), 1))
        .node(Node.of("Identity").in("go").out("go_on"))
        .node(Node.of("Add").in("count", "step").out("counted"))
        .output("go_on", yes)
        .output("counted", one)
        .build();
  }

  private static OnnxModel oneOperator(String name, Node node, int features) {
    OnnxType rows = tensor(ElementType.FLOAT, ROWS, Dim.of(features));
    return Graph.named(name)
        .input(node.inputs().getFirst(), rows)
        .node(node)
        .output(node.outputs().getFirst(), rows)
        .toModel();
  }
}
