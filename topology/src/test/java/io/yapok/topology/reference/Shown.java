package io.yapok.topology.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a result must show of something remembered, whatever its nesting. */
sealed interface Shown {
  boolean isShownBy(List<JsonNode> leaves);

  /** The very numbers, to the bit. */
  record Doubles(List<Double> values) implements Shown {
    @Override
    public boolean isShownBy(List<JsonNode> leaves) {
      return values.equals(leaves.stream().map(leaf -> leaf.isNumber() ? leaf.doubleValue() : Double.NaN).toList());
    }
  }

  /** The very numbers where the column is float32. */
  record Floats(List<Float> values) implements Shown {
    @Override
    public boolean isShownBy(List<JsonNode> leaves) {
      return values.equals(leaves.stream().map(leaf -> Float.parseFloat(leaf.asString())).toList());
    }
  }

  record Texts(List<String> values) implements Shown {
    @Override
    public boolean isShownBy(List<JsonNode> leaves) {
      return values.equals(leaves.stream().map(JsonNode::asString).toList());
    }
  }

  /** A number within a sketch's error of the true one. */
  record Near(double value, double error) implements Shown {
    @Override
    public boolean isShownBy(List<JsonNode> leaves) {
      return leaves.size() == 1 && leaves.getFirst().isNumber() && Math.abs(leaves.getFirst().doubleValue() - value) <= error;
    }
  }

  /**
   * As many of the most frequent values, of more than the sketch counts exactly: whatever is not among them comes no oftener than any of them, but for the sketch's error.
   *
   * @param counts how often each value came
   */
  record Frequent(Map<String, Integer> counts, int n, double error) implements Shown {
    @Override
    public boolean isShownBy(List<JsonNode> leaves) {
      var shown = leaves.stream().map(JsonNode::asString).toList();
      var values = shown.stream().filter(value -> !value.isEmpty()).toList();
      var others = new HashSet<>(counts.keySet());
      boolean distinct = values.stream().allMatch(others::remove);
      int least = shown.stream().mapToInt(value -> counts.getOrDefault(value, 0)).min().orElse(0);
      return shown.size() == n && distinct && others.stream().allMatch(value -> counts.get(value) <= least + error);
    }
  }

  static Shown number(double value) {
    return new Doubles(List.of(value));
  }

  /** The values of nested arrays in their order. */
  static List<JsonNode> leaves(JsonNode node) {
    var leaves = new ArrayList<JsonNode>();
    if (node.isArray()) {
      node.forEach(child -> leaves.addAll(leaves(child)));
    } else {
      leaves.add(node);
    }
    return leaves;
  }
}
