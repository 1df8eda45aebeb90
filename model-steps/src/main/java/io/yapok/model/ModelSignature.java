package io.yapok.model;

import io.yapok.schemas.ElementType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes and gives, read from its graph.
 *
 * @param inputs that must be fed, in the graph's order; optional ones that have a value in the file are not among them
 * @param outputs in the graph's order
 * @param opsets operator sets by domain; the standard one is {@code ai.onnx}
 * @param producer who wrote the file; may be empty
 * @param description the file's own words; may be empty
 */
public record ModelSignature(List<Value> inputs, List<Value> outputs, Map<String, Long> opsets, String producer, String description) {
  public ModelSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    opsets = Map.copyOf(opsets);
  }

  /**
   * An input or output.
   *
   * @param kind what it is; {@code type} and {@code dims} are those of its tensors
   * @param type of the elements; null where the Java runtime has none for it: {@code typeName} says which it is
   * @param typeName as ONNX names it: {@code float}, {@code uint16}, {@code map(int64, float)}
   * @param dims in order; empty for rank 0 and for what is not a tensor
   */
  public record Value(String name, Kind kind, @Nullable ElementType type, String typeName, List<Dim> dims) {
    public Value {
      dims = List.copyOf(dims);
    }

    /** {@code float[N, 784]}. */
    public String shown() {
      return kind == Kind.TENSOR ? typeName + dims : typeName;
    }
  }

  /** What an input or output is. */
  public enum Kind {
    TENSOR,
    SEQUENCE,
    MAP,
    OTHER
  }

  /**
   * A dimension.
   *
   * @param size -1 where it is symbolic
   * @param symbol its name where it has one, else empty
   */
  public record Dim(long size, String symbol) {
    public boolean isSymbolic() {
      return size < 0;
    }

    @Override
    public String toString() {
      return isSymbolic() ? (symbol.isEmpty() ? "?" : symbol) : Long.toString(size);
    }
  }
}
