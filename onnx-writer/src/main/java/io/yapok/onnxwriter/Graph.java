package io.yapok.onnxwriter;

import java.util.ArrayList;
import java.util.List;

/**
 * Operators in the order they run, with what goes in and out. Nothing is checked here that ONNX
 * Runtime checks when it loads the file: tests want wrong graphs too.
 */
public record Graph(
    String name,
    List<NamedType> inputs,
    List<NamedType> outputs,
    List<Initializer> initializers,
    List<Node> nodes) {

  public Graph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    initializers = List.copyOf(initializers);
    nodes = List.copyOf(nodes);
  }

  /** Starts an empty graph. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Collects a graph; its lists keep the order of the calls. For one thread. */
  public static final class Builder {
    private final String name;
    private final List<NamedType> inputs = new ArrayList<>();
    private final List<NamedType> outputs = new ArrayList<>();
    private final List<Initializer> initializers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds an input. */
    public Builder input(String input, OnnxType type) {
      inputs.add(new NamedType(input, type));
      return this;
    }

    /** Adds an output. */
    public Builder output(String output, OnnxType type) {
      outputs.add(new NamedType(output, type));
      return this;
    }

    /** Adds a constant. */
    public Builder initializer(Initializer constant) {
      initializers.add(constant);
      return this;
    }

    /** Adds an operator; what it reads must have been written before. */
    public Builder node(Node node) {
      nodes.add(node);
      return this;
    }

    /** The graph as collected so far. */
    public Graph build() {
      return new Graph(name, inputs, outputs, initializers, nodes);
    }

    /** The graph as collected so far, as a model of the default operator sets. */
    public OnnxModel toModel() {
      return OnnxModel.of(build());
    }
  }
}
