package io.yapok.onnxwriter;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A named parameter of a node. */
public record Attribute(String name, Value value) {

  /** What an attribute can hold. */
  public sealed interface Value {
    /** One FLOAT. */
    record OneFloat(float value) implements Value {}

    /** One INT. */
    record OneInt(long value) implements Value {}

    /** One STRING. */
    record OneString(String value) implements Value {}

    /** One TENSOR; its name is of no consequence. */
    record OneTensor(Initializer value) implements Value {}

    /** One GRAPH: the body of an {@code If} or a {@code Loop}. */
    record OneGraph(Graph value) implements Value {}

    /** FLOATS. */
    record Floats(List<Float> values) implements Value {
      public Floats {
        values = List.copyOf(values);
      }
    }

    /** INTS. */
    record Ints(List<Long> values) implements Value {
      public Ints {
        values = List.copyOf(values);
      }
    }

    /** STRINGS. */
    record Strings(List<String> values) implements Value {
      public Strings {
        values = List.copyOf(values);
      }
    }
  }

  /** An attribute of type FLOAT. */
  public static Attribute of(String name, float value) {
    return new Attribute(name, new Value.OneFloat(value));
  }

  /** An attribute of type INT. */
  public static Attribute of(String name, long value) {
    return new Attribute(name, new Value.OneInt(value));
  }

  /** An attribute of type STRING. */
  public static Attribute of(String name, String value) {
    return new Attribute(name, new Value.OneString(value));
  }

  /** An attribute of type TENSOR. */
  public static Attribute of(String name, Initializer value) {
    return new Attribute(name, new Value.OneTensor(value));
  }

  /** An attribute of type GRAPH. */
  public static Attribute of(String name, Graph value) {
    return new Attribute(name, new Value.OneGraph(value));
  }

  /** An attribute of type FLOATS. */
  public static Attribute floats(String name, float... values) {
    List<Float> list =
        IntStream.range(0, values.length).mapToObj(index -> values[index]).toList();
    return new Attribute(name, new Value.Floats(list));
  }

  /** An attribute of type INTS. */
  public static Attribute ints(String name, long... values) {
    return new Attribute(name, new Value.Ints(Arrays.stream(values).boxed().toList()));
  }

  /** An attribute of type STRINGS. */
  public static Attribute strings(String name, String... values) {
    return new Attribute(name, new Value.Strings(List.of(values)));
  }
}
