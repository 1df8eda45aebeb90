package io.yapok.onnxwriter;

/** What the elements of a tensor are, with ONNX's number for it ({@code TensorProto.DataType}). */
public enum ElementType {
  FLOAT(1),
  UINT8(2),
  INT8(3),
  UINT16(4),
  INT16(5),
  INT32(6),
  INT64(7),
  STRING(8),
  BOOL(9),
  FLOAT16(10),
  DOUBLE(11),
  UINT32(12),
  UINT64(13),
  BFLOAT16(16);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  /** The number that stands for this type in an ONNX file. */
  public int code() {
    return code;
  }
}
