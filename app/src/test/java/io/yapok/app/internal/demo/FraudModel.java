package io.yapok.app.internal.demo;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import java.util.List;

/**
 * The demo's model: FLOAT[N,1] {@code amount}, {@code hour}, {@code category}, {@code channel}, {@code
 * country}, {@code home}, {@code seen}, {@code gap}, {@code recent}, {@code spent}, {@code least} and {@code usual} to FLOAT[N] {@code score}, the probability of
 * fraud. Words come as their places in the enums; from {@code seen} on it is what the pipeline
 * remembers of the card. And a model like it that knows the payment alone. No operator mixes rows.
 */
final class FraudModel {
  static final List<String> INPUTS =
      List.of("amount", "hour", "category", "channel", "country", "home", "seen", "gap", "recent", "spent", "least", "usual");

  private static final List<String> ALONE = INPUTS.subList(0, 6);

  private static final long TRAINING_SEED = 20260704;
  private static final int TRAINING_PAYMENTS = 400_000;

  private FraudModel() {}

  /** Trains it; the same bytes every time. */
  static OnnxModel train() {
    Node features = Node.of("Concat").in("amount", "hour", "category", "channel", "abroad", "seen", "gap", "recent", "spent", "least", "ratio");
    Graph.Builder graph =
        Graph.named("payments")
            .initializer(Initializer.floats("one", List.of(), 1))
            .node(Node.of("Max").in("usual", "one").out("divisor"))
            .node(Node.of("Div").in("amount", "divisor").out("ratio"));
    return toOnnx(graph, INPUTS, features, BoostedTrees.train(Examples.of(TRAINING_SEED, TRAINING_PAYMENTS)));
  }

  /** Trains the one that knows the payment alone, on the same payments. */
  static OnnxModel trainAlone() {
    Node features = Node.of("Concat").in("amount", "hour", "category", "channel", "abroad");
    return toOnnx(Graph.named("payments-alone"), ALONE, features, BoostedTrees.train(Examples.of(TRAINING_SEED, TRAINING_PAYMENTS).withoutCards()));
  }

  private static OnnxModel toOnnx(Graph.Builder graph, List<String> inputs, Node features, BoostedTrees model) {
    OnnxType column = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1));
    inputs.forEach(input -> graph.input(input, column));
    return graph
        .node(Node.of("Equal").in("country", "home").out("at_home"))
        .node(Node.of("Not").in("at_home").out("away"))
        .node(Node.of("Cast").in("away").out("abroad").with("to", ElementType.FLOAT.code()))
        .node(features.out("features").with("axis", 1))
        .node(trees(model))
        .initializer(Initializer.floats("bias", List.of(), model.bias()))
        .node(Node.of("Add").in("sum", "bias").out("log_odds"))
        .initializer(Initializer.int64s("last_axis", List.of(1L), 1))
        .node(Node.of("Squeeze").in("log_odds", "last_axis").out("flat"))
        .node(Node.of("Sigmoid").in("flat").out("score"))
        .output("score", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .toModel()
        .ir(10)
        .opset(OnnxModel.ONNX, 21)
        .opset(OnnxModel.ML, 5);
  }

  private static Node trees(BoostedTrees model) {
    TreeTable table = new TreeTable();
    model.trees().forEach(table::add);
    return table.toNode().in("features").out("sum");
  }
}
