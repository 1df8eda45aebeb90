package io.yapok.schemas.internal.oip;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One input that a pipeline reads: the columns that it goes into, and what the present request says of it. Belongs to one decoder. */
final class Input {
  /** Dimensions of a tensor; ONNX Runtime knows no more either. */
  static final int MAX_RANK = 32;

  private final String name;
  private final byte[] utf8;
  private final List<FieldTarget> targets = new ArrayList<>();

  private boolean isThere;
  private String datatype = "";
  private long[] shape = new long[0];
  private int dataAt;
  private int binaryAt;
  private int binarySize;
  private boolean isRead;

  Input(String name) {
    this.name = name;
    this.utf8 = name.getBytes(StandardCharsets.UTF_8);
  }

  String name() {
    return name;
  }

  /** Whether the text that a cursor has read last is its name. */
  boolean isNamed(JsonCursor cursor) {
    return cursor.textIs(utf8);
  }

  /** The columns that read it. */
  List<FieldTarget> targets() {
    return targets;
  }

  /** Forgets the request before. */
  void clear() {
    isThere = false;
    isRead = false;
  }

  boolean isThere() {
    return isThere;
  }

  /** Whether its data have been read into its columns. */
  boolean isRead() {
    return isRead;
  }

  void markRead() {
    isRead = true;
  }

  /**
   * Keeps what the request says of it.
   *
   * @param data -1 where its data are binary
   * @param binary counted from the end of the JSON, until {@link #moveBinary}
   */
  void set(String type, long[] dims, int data, int binary, int size) {
    isThere = true;
    datatype = type;
    shape = dims;
    dataAt = data;
    binaryAt = binary;
    binarySize = size;
  }

  String datatype() {
    return datatype;
  }

  /** Where the data stand in the JSON; -1 where they are binary. */
  int dataAt() {
    return dataAt;
  }

  /** Where the binary data begin. */
  int binaryAt() {
    return binaryAt;
  }

  /** The JSON has turned out to end here. */
  void moveBinary(int jsonEnd) {
    binaryAt += jsonEnd;
  }

  int binarySize() {
    return binarySize;
  }

  /** The first dimension: how many rows there are. */
  long rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** The dimensions of a row, once the first is taken for rows; a tensor that has just a row's own dimensions is one row. */
  long[] rowDims(int rank, boolean manyRows) {
    boolean isRow = !manyRows && shape.length == rank;
    return isRow || shape.length == 0 ? shape : Arrays.copyOfRange(shape, 1, shape.length);
  }

  /** The shape, for messages. */
  String shape() {
    return Arrays.toString(shape);
  }

  BadRecordException bad(RejectReason reason, String message) {
    return new BadRecordException(reason, name, message);
  }
}
