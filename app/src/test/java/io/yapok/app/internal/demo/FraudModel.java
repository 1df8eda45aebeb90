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
 * country}, {@code home}, {@code seen} and {@code gap} to FLOAT[N] {@code score}, the probability of
 * fraud. Words come as their places in the enums; {@code seen} and {@code gap} are what the pipeline
 * remembers of the card. No operator mixes rows.
 */
final class FraudModel {
  static final List<String> INPUTS =
      List.of("amount", "hour", "category", "channel", "country", "home", "seen", "gap");

  private static final long TRAINING_SEED = 20260704;
  private static final int TRAINING_PAYMENTS = 400_000;

  private FraudModel() {}

  /** Trains it; the same bytes every time. */
  static OnnxModel train() {
    return toOnnx(BoostedTrees.train(Examples.of(TRAINING_SEED, TRAINING_PAYMENTS)));
  }

  static OnnxModel toOnnx(BoostedTrees model) {
    OnnxType column = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1));
    Graph.Builder graph = Graph.named("payments");
    INPUTS.forEach(input -> graph.input(input, column));
    return graph
        .node(Node.of("Equal").in("country", "home").out("at_home"))
        .node(Node.of("Not").in("at_home").out("away"))
        .node(Node.of("Cast").in("away").out("abroad").with("to", ElementType.FLOAT.code()))
        .node(
            Node.of("Concat")
                .in("amount", "hour", "category", "channel", "abroad", "seen", "gap")
                .out("features")
                .with("axis", 1))
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
