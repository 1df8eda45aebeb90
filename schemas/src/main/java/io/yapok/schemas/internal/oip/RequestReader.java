package io.yapok.schemas.internal.oip;

import io.yapok.schemas.Batch;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.json.JsonCursor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a request once. Data whose input is known when they begin, as clients write it, are read as they are met; what is said of other inputs that are read is noted, their data
 * are passed over, checked, and read later. Belongs to one decoder.
 */
final class RequestReader {
  private static final byte[] INPUTS = RequestValues.ascii("inputs");
  private static final byte[] NAME = RequestValues.ascii("name");
  private static final byte[] SHAPE = RequestValues.ascii("shape");
  private static final byte[] DATATYPE = RequestValues.ascii("datatype");
  private static final byte[] DATA = RequestValues.ascii("data");
  private static final byte[] PARAMETERS = RequestValues.ascii("parameters");
  private static final byte[] BINARY_SIZE = RequestValues.ascii("binary_data_size");

  /** More than any record has, and far enough from where adding one more overflows. */
  private static final long MOST_BYTES = 1L << 61;

  private final JsonCursor cursor;
  private final RequestValues values;
  private final List<Input> inputs;
  private final DataReader data;

  private long[] dims = new long[Input.MAX_RANK];
  private int rank;
  private @Nullable Input input;
  private String name = "";
  private String datatype = "";
  private boolean hasName;
  private boolean hasShape;
  private boolean isRead;
  private int dataAt;
  private long binarySize;
  private long binaryBytes;

  /** Reads an input of which all is known. */
  interface DataReader {
    /** Consumes the data at the input's place in the JSON into its columns, from a row on. */
    void read(Batch batch, Input input, byte[] value, int firstRow);
  }

  RequestReader(JsonCursor cursor, List<Input> inputs, DataReader data) {
    this.cursor = cursor;
    this.values = new RequestValues(cursor);
    this.inputs = inputs;
    this.data = data;
  }

  /** Reads a request into rows from {@code firstRow} on. Binary data of all inputs stand behind the JSON, in the inputs' order. */
  void read(Batch batch, byte[] value, int firstRow) {
    inputs.forEach(Input::clear);
    binaryBytes = 0;
    cursor.start(value);
    if (value.length == 0 || cursor.peek() != '{') {
      throw new BadRecordException(RejectReason.MALFORMED, "", "an inference request expected, a JSON object with inputs");
    }
    boolean hasInputs = false;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      boolean isInputs = cursor.textIs(INPUTS);
      int first = cursor.peek();
      if (!isInputs) {
        cursor.skipValue();
        continue;
      }
      if (hasInputs) {
        throw twice("inputs", "the field");
      }
      if (first != '[') {
        throw new BadRecordException(RejectReason.WRONG_TYPE, "inputs", "an array of inputs expected, " + JsonCursor.kind(first) + " came");
      }
      hasInputs = true;
      readInputs(batch, value, firstRow);
    }
    if (!hasInputs) {
      throw new BadRecordException(RejectReason.MISSING_FIELD, "inputs", "an array of inputs expected, the request has none");
    }
    findBinaryData(value.length);
  }

  /** The cursor stands behind the JSON. */
  private void findBinaryData(int length) {
    int jsonEnd = cursor.position();
    if (binaryBytes == 0) {
      cursor.expectEnd();
    } else if (binaryBytes != length - jsonEnd) {
      throw new BadRecordException(RejectReason.WRONG_SIZE, "inputs", "the inputs have " + binaryBytes + " bytes of binary data, and " + (length - jsonEnd) + " follow the JSON");
    }
    for (Input each : inputs) {
      each.moveBinary(jsonEnd);
    }
  }

  private void readInputs(Batch batch, byte[] value, int firstRow) {
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      if (cursor.peek() != '{') {
        throw new BadRecordException(RejectReason.WRONG_TYPE, "inputs", "an input expected, " + JsonCursor.kind(cursor.peek()) + " came");
      }
      input = null;
      name = "";
      datatype = "";
      hasName = false;
      hasShape = false;
      isRead = false;
      dataAt = -1;
      binarySize = -1;
      for (boolean member = cursor.open(); member; member = cursor.next()) {
        cursor.readName();
        readMember(batch, value, firstRow);
      }
      if (input != null && !isRead) {
        note(input);
      }
      if (binarySize >= 0) {
        binaryBytes = Math.min(MOST_BYTES, binaryBytes + binarySize);
      }
    }
  }

  private void note(Input wanted) {
    if (wanted.isThere()) {
      throw wanted.bad(RejectReason.DUPLICATE_FIELD, "the request has two inputs of this name");
    }
    if (!hasShape || datatype.isEmpty()) {
      throw wanted.bad(RejectReason.MISSING_FIELD, "an input has a shape and a datatype, " + (hasShape ? "the datatype" : "the shape") + " is absent");
    }
    if (dataAt < 0 && binarySize < 0) {
      throw wanted.bad(RejectReason.MISSING_FIELD, "data expected, or binary_data_size among the parameters");
    }
    wanted.set(datatype, Arrays.copyOf(dims, rank), dataAt, (int) binaryBytes, (int) Math.max(0, binarySize));
  }

  private void readData(Batch batch, byte[] value, int firstRow) {
    cursor.peek();
    if (dataAt >= 0) {
      throw twice(name, "data");
    }
    refuseBoth(binarySize >= 0);
    dataAt = cursor.position();
    Input wanted = input;
    if (wanted == null || wanted.isThere() || !hasShape || datatype.isEmpty()) {
      cursor.skipValue();
      return;
    }
    note(wanted);
    data.read(batch, wanted, value, firstRow);
    isRead = true;
  }

  private void refuseBoth(boolean both) {
    if (both) {
      throw new BadRecordException(RejectReason.DUPLICATE_FIELD, name, "the input has both data and a binary_data_size");
    }
  }

  private static BadRecordException twice(String field, String what) {
    return new BadRecordException(RejectReason.DUPLICATE_FIELD, field, what + " stands twice in one object");
  }

  private void readMember(Batch batch, byte[] value, int firstRow) {
    if (cursor.textIs(NAME)) {
      readNamed();
    } else if (cursor.textIs(DATATYPE)) {
      if (!datatype.isEmpty()) {
        throw twice(name, "the datatype");
      }
      values.readText(name, "the input's datatype");
      datatype = values.text();
    } else if (cursor.textIs(SHAPE)) {
      readShape();
    } else if (cursor.textIs(DATA)) {
      readData(batch, value, firstRow);
    } else if (cursor.textIs(PARAMETERS) && cursor.peek() == '{') {
      readParameters();
    } else {
      cursor.peek();
      cursor.skipValue();
    }
  }

  private void readNamed() {
    if (hasName) {
      throw twice(name, "the name");
    }
    hasName = true;
    values.readText(name, "the input's name");
    Input known = named();
    name = known == null ? values.text() : known.name();
    input = known;
  }

  private @Nullable Input named() {
    for (Input each : inputs) {
      if (each.isNamed(cursor)) {
        return each;
      }
    }
    return null;
  }

  private void readParameters() {
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      boolean isSize = cursor.textIs(BINARY_SIZE);
      cursor.peek();
      if (isSize) {
        refuseBoth(dataAt >= 0);
        binarySize = values.readWhole(name, "binary_data_size");
      } else {
        cursor.skipValue();
      }
    }
  }

  private void readShape() {
    if (cursor.peek() != '[') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, name, "the input's shape is an array of whole numbers, not " + JsonCursor.kind(cursor.peek()));
    }
    if (hasShape) {
      throw twice(name, "the shape");
    }
    hasShape = true;
    rank = 0;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.peek();
      if (rank == Input.MAX_RANK) {
        throw new BadRecordException(RejectReason.WRONG_SHAPE, name, "tensors of more than " + Input.MAX_RANK + " dimensions are not read");
      }
      dims[rank++] = values.readWhole(name, "a dimension");
    }
  }
}
