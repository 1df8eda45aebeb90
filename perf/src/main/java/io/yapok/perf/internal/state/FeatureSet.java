package io.yapok.perf.internal.state;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The features as a document says them: of four fields of a record, over the whole past and over an hour that slides. {@link io.yapok.perf.internal.contestant.Profile}
 * computes the same by hand, in this order.
 */
final class FeatureSet {
  /** How many features a case may have. */
  static final Set<Integer> SIZES = Set.of(0, 1, 5, 20);

  static final List<String> FIELDS = List.of("amount", "distance", "delay", "level");

  private static final String INPUT = "x";

  /**
   * One feature.
   *
   * @param definition in the document
   * @param usual about how large it is: the model divides by it, so that no feature drowns the others
   */
  record Feature(String name, String definition, double usual) {}

  private static final List<Feature> ALL =
      List.of(
          new Feature("seen", "count", 500),
          new Feature("gap", "seconds_since_last", 2_000),
          new Feature("amount_mean", "{aggregate: mean, of: amount}", 1),
          new Feature("amount_max_hour", "{aggregate: max, of: amount, over: 1h}", 1),
          new Feature("amount_sum_hour", "{aggregate: sum, of: amount, over: 1h}", 2),
          new Feature("amount_variance", "{aggregate: variance, of: amount}", 0.1),
          new Feature("amount_min", "{aggregate: min, of: amount}", 1),
          new Feature("amount_max", "{aggregate: max, of: amount}", 1),
          new Feature("amount_last", "{aggregate: last, of: amount}", 1),
          new Feature("count_hour", "{aggregate: count, over: 1h}", 2),
          new Feature("rate_hour", "{aggregate: rate, over: 1h}", 0.001),
          new Feature("distance_mean_hour", "{aggregate: mean, of: distance, over: 1h}", 1),
          new Feature("distance_max_hour", "{aggregate: max, of: distance, over: 1h}", 1),
          new Feature("distance_sum", "{aggregate: sum, of: distance}", 250),
          new Feature("distance_last", "{aggregate: last, of: distance}", 1),
          new Feature("delay_mean", "{aggregate: mean, of: delay}", 1),
          new Feature("delay_variance_hour", "{aggregate: variance, of: delay, over: 1h}", 0.1),
          new Feature("delay_ewma", "{aggregate: ewma, of: delay, half_life: 10min}", 1),
          new Feature("level_min_hour", "{aggregate: min, of: level, over: 1h}", 1),
          new Feature("level_mean_hour", "{aggregate: mean, of: level, over: 1h}", 1));

  private FeatureSet() {}

  /** The first so many. */
  static List<Feature> first(int count) {
    return ALL.subList(0, count);
  }

  /** The section {@code state:} of a document; empty for no features. */
  static String section(int features, String memory) {
    if (features == 0) {
      return "";
    }
    String lines = first(features).stream().map(feature -> "    %s: %s\n".formatted(feature.name(), feature.definition())).collect(Collectors.joining());
    return "state:\n" + (memory.isEmpty() ? "" : "  memory: " + memory + "\n") + "  features:\n" + lines;
  }

  /** The types of the fields that records have, for the document's source. */
  static String types() {
    return FIELDS.stream().map(field -> field + ": float64").collect(Collectors.joining(", ", "{", "}"));
  }

  /** What feeds the model: the fields, then the features. */
  static String inputs(int features) {
    String remembered = first(features).stream().map(feature -> ", state." + feature.name()).collect(Collectors.joining());
    return "{" + INPUT + ": [" + String.join(", ", FIELDS) + remembered + "]}";
  }

  /** A logistic regression over fields and features: {@code x} FLOAT[N,4 + features] to {@code score} FLOAT[N,1]. */
  static OnnxModel model(int features) {
    int width = FIELDS.size() + features;
    float[] weights = new float[width];
    for (int i = 0; i < width; i++) {
      double usual = i < FIELDS.size() ? 1 : ALL.get(i - FIELDS.size()).usual();
      weights[i] = (float) ((i % 2 == 0 ? 0.5 : -0.4) / usual);
    }
    return Graph.named("state")
        .input(INPUT, OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(width)))
        .initializer(Initializer.floats("weights", List.of((long) width, 1L), weights))
        .initializer(Initializer.floats("bias", List.of(1L), 0.1f))
        .node(Node.of("Gemm").in(INPUT, "weights", "bias").out("logit"))
        .node(Node.of("Sigmoid").in("logit").out("score"))
        .output("score", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(1)))
        .toModel();
  }
}
