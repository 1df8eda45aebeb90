package io.yapok.schemas.internal.oip;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a request once and notes what it says of each input that is read; data are passed over, checked, and read later. Belongs to one decoder. */
final class RequestReader {
  private static final byte[] INPUTS = ascii("inputs");
  private static final byte[] NAME = ascii("name");
  private static final byte[] SHAPE = ascii("shape");
  private static final byte[] DATATYPE = ascii("datatype");
  private static final byte[] DATA = ascii("data");
  private static final byte[] PARAMETERS = ascii("parameters");
  private static final byte[] BINARY_SIZE = ascii("binary_data_size");
  private static final int MAX_DIGITS = 18;

  private final JsonCursor cursor;
  private final List<Input> inputs;

  private long[] dims = new long[Input.MAX_RANK];
  private int rank;
  private @Nullable Input input;
  private String name = "";
  private String datatype = "";
  private boolean hasShape;
  private int dataAt;
  private long binarySize;
  private long binaryBytes;

  RequestReader(JsonCursor cursor, List<Input> inputs) {
    this.cursor = cursor;
    this.inputs = inputs;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a request. Binary data of all inputs stand behind the JSON, in the inputs' order. */
  void read(byte[] value) {
    inputs.forEach(Input::clear);
    binaryBytes = 0;
    cursor.start(value);
    if (value.length == 0 || cursor.peek() != '{') {
      throw new BadRecordException(RejectReason.MALFORMED, "", "an inference request expected, a JSON object with inputs");
    }
    int inputsAt = findInputs();
    int jsonEnd = cursor.position();
    if (inputsAt < 0) {
      throw new BadRecordException(RejectReason.MISSING_FIELD, "inputs", "an array of inputs expected, the request has none");
    }
    cursor.moveTo(inputsAt);
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      readInput(jsonEnd, value.length);
    }
    cursor.moveTo(jsonEnd);
    if (binaryBytes == 0) {
      cursor.expectEnd();
    } else if (binaryBytes != value.length - jsonEnd) {
      throw new BadRecordException(RejectReason.WRONG_SIZE, "inputs", "the inputs have " + binaryBytes + " bytes of binary data, and " + (value.length - jsonEnd) + " follow the JSON");
    }
  }

  /** Passes over the request's members. Answers where the inputs stand, or -1. */
  private int findInputs() {
    int found = -1;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      boolean isInputs = textIs(INPUTS);
      int first = cursor.peek();
      if (isInputs) {
        if (found >= 0) {
          throw new BadRecordException(RejectReason.DUPLICATE_FIELD, "inputs", "the field stands twice in one object");
        }
        if (first != '[') {
          throw new BadRecordException(RejectReason.WRONG_TYPE, "inputs", "an array of inputs expected, " + JsonCursor.kind(first) + " came");
        }
        found = cursor.position();
      }
      cursor.skipValue();
    }
    return found;
  }

  private void readInput(int jsonEnd, int length) {
    if (cursor.peek() != '{') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, "inputs", "an input expected, " + JsonCursor.kind(cursor.peek()) + " came");
    }
    input = null;
    name = "";
    datatype = "";
    hasShape = false;
    dataAt = -1;
    binarySize = -1;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      readMember();
    }
    int binaryAt = (int) Math.min(Integer.MAX_VALUE, jsonEnd + binaryBytes);
    if (binarySize >= 0) {
      binaryBytes += binarySize;
      if (jsonEnd + binaryBytes > length) {
        throw new BadRecordException(RejectReason.WRONG_SIZE, name, "the inputs have " + binaryBytes + " bytes of binary data so far, and " + (length - jsonEnd) + " follow the JSON");
      }
    }
    if (input != null) {
      note(input, binaryAt);
    }
  }

  private void note(Input wanted, int binaryAt) {
    if (wanted.isThere()) {
      throw wanted.bad(RejectReason.DUPLICATE_FIELD, "the request has two inputs of this name");
    }
    if (!hasShape || datatype.isEmpty()) {
      throw wanted.bad(RejectReason.MISSING_FIELD, "an input has a shape and a datatype, " + (hasShape ? "the datatype" : "the shape") + " is absent");
    }
    if (dataAt < 0 && binarySize < 0) {
      throw wanted.bad(RejectReason.MISSING_FIELD, "data expected, or binary_data_size among the parameters");
    }
    wanted.set(datatype, Arrays.copyOf(dims, rank), binarySize < 0 ? dataAt : -1, binaryAt, (int) Math.max(0, binarySize));
  }

  private void readMember() {
    if (textIs(NAME)) {
      readText("the input's name");
      name = text();
      input = named();
    } else if (textIs(DATATYPE)) {
      readText("the input's datatype");
      datatype = text();
    } else if (textIs(SHAPE)) {
      readShape();
    } else if (textIs(DATA)) {
      cursor.peek();
      dataAt = cursor.position();
      cursor.skipValue();
    } else if (textIs(PARAMETERS) && cursor.peek() == '{') {
      readParameters();
    } else {
      cursor.peek();
      cursor.skipValue();
    }
  }

  private @Nullable Input named() {
    for (Input each : inputs) {
      if (each.isNamed(cursor.textBytes(), cursor.textStart(), cursor.textEnd())) {
        return each;
      }
    }
    return null;
  }

  private void readParameters() {
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.readName();
      boolean isSize = textIs(BINARY_SIZE);
      cursor.peek();
      if (isSize) {
        binarySize = readWhole("binary_data_size");
      } else {
        cursor.skipValue();
      }
    }
  }

  private void readShape() {
    if (cursor.peek() != '[') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, name, "the input's shape is an array of whole numbers, not " + JsonCursor.kind(cursor.peek()));
    }
    hasShape = true;
    rank = 0;
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.peek();
      if (rank == Input.MAX_RANK) {
        throw new BadRecordException(RejectReason.WRONG_SHAPE, name, "tensors of more than " + Input.MAX_RANK + " dimensions are not read");
      }
      dims[rank++] = readWhole("a dimension");
    }
  }

  /** A whole number that is not negative. */
  private long readWhole(String what) {
    int from = cursor.position();
    cursor.skipValue();
    byte[] json = cursor.document();
    int to = cursor.position();
    long value = 0;
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9' || to - from > MAX_DIGITS) {
        throw new BadRecordException(RejectReason.WRONG_TYPE, name, what + " is a whole number of up to " + MAX_DIGITS + " digits");
      }
      value = 10 * value + json[i] - '0';
    }
    return value;
  }

  private void readText(String what) {
    if (cursor.peek() != '"') {
      throw new BadRecordException(RejectReason.WRONG_TYPE, name, what + " is a text, not " + JsonCursor.kind(cursor.peek()));
    }
    cursor.readText();
  }

  private String text() {
    return new String(cursor.textBytes(), cursor.textStart(), cursor.textEnd() - cursor.textStart(), StandardCharsets.UTF_8);
  }

  private boolean textIs(byte[] word) {
    return Arrays.equals(word, 0, word.length, cursor.textBytes(), cursor.textStart(), cursor.textEnd());
  }
}
