package io.yapok.onnxwriter;

import java.util.List;
import java.util.stream.Stream;

/**
 * One operator of a graph. Made by {@code Node.of("Gemm").in("x", "w").out("y").with("transB", 1)};
 * each call answers a new node.
 *
 * @param operator the operator's type, for example {@code Gemm}
 * @param domain the operator set; empty for ONNX's own, {@link OnnxModel#ML} for trees and text
 * @param inputs names of values; an empty one leaves an optional input out
 * @param outputs names that no other node of the graph writes
 */
public record Node(
    String operator,
    String domain,
    List<String> inputs,
    List<String> outputs,
    List<Attribute> attributes) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = List.copyOf(attributes);
  }

  /** A node of ONNX's own operator set. */
  public static Node of(String operator) {
    return new Node(operator, OnnxModel.ONNX, List.of(), List.of(), List.of());
  }

  /** A node of the operator set {@code ai.onnx.ml}. */
  public static Node ml(String operator) {
    return new Node(operator, OnnxModel.ML, List.of(), List.of(), List.of());
  }

  /** This node, reading the named values. */
  public Node in(String... names) {
    return new Node(operator, domain, List.of(names), outputs, attributes);
  }

  /** This node, writing the named values. */
  public Node out(String... names) {
    return new Node(operator, domain, inputs, List.of(names), attributes);
  }

  /** This node with one attribute more. */
  public Node with(Attribute attribute) {
    List<Attribute> more = Stream.concat(attributes.stream(), Stream.of(attribute)).toList();
    return new Node(operator, domain, inputs, outputs, more);
  }

  /** This node with one integer attribute more. */
  public Node with(String name, long value) {
    return with(Attribute.of(name, value));
  }
}
