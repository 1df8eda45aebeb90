package io.yapok.topology.reference;

import java.util.ArrayList;
import java.util.List;
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
