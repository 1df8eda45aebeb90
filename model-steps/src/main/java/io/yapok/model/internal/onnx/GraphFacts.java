package io.yapok.model.internal.onnx;

import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself before any native code has seen it.
 *
 * @param opsets by domain; the standard one is {@code ai.onnx}
 * @param externalFiles files outside the model that tensors point to, in the order found
 */
record GraphFacts(String producer, String description, Map<String, Long> opsets, List<String> externalFiles) {
  GraphFacts {
    opsets = Map.copyOf(opsets);
    externalFiles = List.copyOf(externalFiles);
  }
}
