package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import io.yapok.schemas.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of tensors as numbers: cold path only. */
final class Elements {
  private Elements() {}

  static double[] toDoubles(OnnxTensor tensor) {
    ElementType type = TensorTypes.of(tensor.getInfo().onnxType);
    if (type == null || type.isPooled()) {
      throw new IllegalArgumentException("not a tensor of numbers");
    }
    ByteBuffer bytes = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
    double[] values = new double[bytes.remaining() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(bytes, type, bytes.position() + i * type.bytes());
    }
    return values;
  }

  /** Writes an element at a byte position. */
  static void put(ByteBuffer bytes, ElementType type, int at, double value) {
    switch (type) {
      case FLOAT32 -> bytes.putFloat(at, (float) value);
      case FLOAT64 -> bytes.putDouble(at, value);
      case FLOAT16 -> bytes.putShort(at, Float.floatToFloat16((float) value));
      case BFLOAT16 -> bytes.putShort(at, (short) (Float.floatToRawIntBits((float) value) >>> 16));
      case INT8, UINT8 -> bytes.put(at, (byte) value);
      case BOOL -> bytes.put(at, (byte) (((long) value) & 1));
      case INT16 -> bytes.putShort(at, (short) value);
      case INT32 -> bytes.putInt(at, (int) value);
      case INT64 -> bytes.putLong(at, (long) value);
      case TEXT, JSON -> throw new IllegalArgumentException("text is not kept in buffers");
    }
  }

  /** The element at a byte position. */
  static double get(ByteBuffer bytes, ElementType type, int at) {
    return switch (type) {
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> bytes.getDouble(at);
      case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case INT8, BOOL -> bytes.get(at);
      case UINT8 -> bytes.get(at) & 0xff;
      case INT16 -> bytes.getShort(at);
      case INT32 -> bytes.getInt(at);
      case INT64 -> bytes.getLong(at);
      case TEXT, JSON -> throw new IllegalArgumentException("text is not kept in buffers");
    };
  }
}
