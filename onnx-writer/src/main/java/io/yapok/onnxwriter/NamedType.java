package io.yapok.onnxwriter;

/** An input or an output of a graph: what it is called and what it holds. */
public record NamedType(String name, OnnxType type) {
  public NamedType {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an input or output of a graph has a name");
    }
  }
}
