package io.yapok.onnxwriter;

/** One dimension of a tensor's declared shape. */
public sealed interface Dim {

  /** A dimension of exactly {@code size} elements. */
  record Fixed(long size) implements Dim {
    public Fixed {
      if (size < 0) {
        throw new IllegalArgumentException("a dimension has a size of 0 or more, not " + size);
      }
    }
  }

  /** A dimension known by name only; equal names have equal sizes within one run. */
  record Symbolic(String name) implements Dim {
    public Symbolic {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a symbolic dimension has a name");
      }
    }
  }

  /** A dimension of which the file says nothing. */
  record Unknown() implements Dim {}

  /** A dimension of exactly {@code size} elements. */
  static Dim of(long size) {
    return new Fixed(size);
  }

  /** A dimension known by name only. */
  static Dim named(String name) {
    return new Symbolic(name);
  }

  /** The dimension that batches grow in, {@code N}. */
  static Dim rows() {
    return new Symbolic("N");
  }

  /** A dimension of which the file says nothing. */
  static Dim unknown() {
    return new Unknown();
  }
}
