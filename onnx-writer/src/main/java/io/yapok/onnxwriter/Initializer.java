package io.yapok.onnxwriter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A constant tensor: a graph's weights, a table, an attribute's value.
 *
 * <p>Each factory takes the shape first and then the elements in row-major order; a shape of no
 * dimensions is a scalar. The arrays are copied. A factory throws an {@link IllegalArgumentException}
 * if shape and number of elements disagree.
 */
public record Initializer(String name, ElementType element, List<Long> shape, Contents contents) {

  /** Where the elements are. */
  public sealed interface Contents {
    /** Numbers in the file: little-endian, {@code ONNX raw_data}. Read-only. */
    record Raw(ByteBuffer bytes) implements Contents {
      public Raw {
        bytes = bytes.asReadOnlyBuffer();
      }
    }

    /** Strings in the file. */
    record Strings(List<String> values) implements Contents {
      public Strings {
        values = List.copyOf(values);
      }
    }

    /** In a file beside the model, from byte 0; {@code location} is relative to the model. */
    record External(String location) implements Contents {}
  }

  public Initializer {
    shape = List.copyOf(shape);
  }

  /** A FLOAT tensor. */
  public static Initializer floats(String name, List<Long> shape, float... values) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return raw(name, ElementType.FLOAT, shape, values.length, bytes);
  }

  /** A DOUBLE tensor. */
  public static Initializer doubles(String name, List<Long> shape, double... values) {
    ByteBuffer bytes = littleEndian(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return raw(name, ElementType.DOUBLE, shape, values.length, bytes);
  }

  /** An INT32 tensor. */
  public static Initializer int32s(String name, List<Long> shape, int... values) {
    ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return raw(name, ElementType.INT32, shape, values.length, bytes);
  }

  /** An INT64 tensor. */
  public static Initializer int64s(String name, List<Long> shape, long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return raw(name, ElementType.INT64, shape, values.length, bytes);
  }

  /** A tensor of one-byte elements: UINT8, INT8 or BOOL. */
  public static Initializer bytes(
      String name, ElementType element, List<Long> shape, byte... values) {
    return raw(name, element, shape, values.length, ByteBuffer.wrap(values.clone()));
  }

  /** A STRING tensor. */
  public static Initializer strings(String name, List<Long> shape, String... values) {
    requireCount(name, shape, values.length);
    return new Initializer(
        name, ElementType.STRING, shape, new Contents.Strings(Arrays.asList(values)));
  }

  /** A tensor whose elements lie in another file, which this module does not write. */
  public static Initializer external(
      String name, ElementType element, List<Long> shape, String location) {
    return new Initializer(name, element, shape, new Contents.External(location));
  }

  private static Initializer raw(
      String name, ElementType element, List<Long> shape, int count, ByteBuffer bytes) {
    requireCount(name, shape, count);
    return new Initializer(name, element, shape, new Contents.Raw(bytes));
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireCount(String name, List<Long> shape, int count) {
    long wanted = shape.stream().reduce(1L, Math::multiplyExact);
    if (wanted != count) {
      throw new IllegalArgumentException(
          "tensor '%s' of shape %s has %d elements, not %d".formatted(name, shape, wanted, count));
    }
  }
}
