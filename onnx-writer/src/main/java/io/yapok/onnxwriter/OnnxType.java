package io.yapok.onnxwriter;

import java.util.List;

/** The type of a graph's input or output. */
public sealed interface OnnxType {

  /** A tensor; no dimensions at all means a scalar. */
  record TensorType(ElementType element, List<Dim> shape) implements OnnxType {
    public TensorType {
      shape = List.copyOf(shape);
    }
  }

  /** A list of values of one type. */
  record SequenceType(OnnxType element) implements OnnxType {}

  /** A dictionary; ONNX allows integers and strings as keys. */
  record MapType(ElementType key, OnnxType value) implements OnnxType {}

  /** A value that may be absent. */
  record OptionalType(OnnxType element) implements OnnxType {}

  /** A tensor of the given shape. */
  static OnnxType tensor(ElementType element, Dim... shape) {
    return new TensorType(element, List.of(shape));
  }

  /** A list of values of one type. */
  static OnnxType sequence(OnnxType element) {
    return new SequenceType(element);
  }

  /** A dictionary from {@code key} to {@code value}. */
  static OnnxType map(ElementType key, OnnxType value) {
    return new MapType(key, value);
  }

  /** A value that may be absent. */
  static OnnxType optional(OnnxType element) {
    return new OptionalType(element);
  }
}
