package io.yapok.model.internal.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model file says of itself before any native code has seen it.
 *
 * @param opsets by domain; the standard one is {@code ai.onnx}
 * @param externalFiles files outside the model that tensors point to, in the order found
 * @param operators the types of all operators, nested ones too, without their domains
 */
record GraphFacts(String producer, String description, Map<String, Long> opsets, List<String> externalFiles, Set<String> operators) {
  private static final Set<String> SIZED_BY_VALUES =
      Set.of("ConstantOfShape", "Expand", "Tile", "Range", "OneHot", "Pad", "Resize", "Upsample", "Reshape", "Loop", "Scan", "SequenceEmpty", "BlackmanWindow", "HannWindow", "HammingWindow");

  GraphFacts {
    opsets = Map.copyOf(opsets);
    externalFiles = List.copyOf(externalFiles);
    operators = Set.copyOf(operators);
  }

  /** Whether a number in an input might become the size of a tensor or a count of turns. */
  boolean mayTakeSizesFromValues() {
    return operators.stream().anyMatch(SIZED_BY_VALUES::contains);
  }
}
