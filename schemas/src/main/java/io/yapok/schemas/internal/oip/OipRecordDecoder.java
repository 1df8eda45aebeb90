package io.yapok.schemas.internal.oip;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.field.Fallbacks;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.RowsDecoder;
import io.yapok.schemas.internal.field.Utf8;
import io.yapok.schemas.internal.json.JsonCursor;
import io.yapok.schemas.internal.json.ValueReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one inference request a record: the JSON body of the Open Inference Protocol, with the numbers in it or, by the binary extension, behind it. The first dimension of each input is its rows; there is one, unless
 * the pipeline says that records have many ({@code source.rows}).
 *
 * <ul>
 *   <li>Numbers in JSON of any type go into numeric columns of any type, as far as they fit; binary data must be of the column's own type.
 *   <li>Data in JSON may be flat or nested, as clients write both; the shape says which they are.
 *   <li>Inputs that no step reads, ids, parameters and wanted outputs are passed over.
 * </ul>
 */
final class OipRecordDecoder extends RowsDecoder {
  private final JsonCursor cursor = new JsonCursor();
  private final ValueReader values = new ValueReader(cursor);
  private final List<Input> inputs = new ArrayList<>();
  private final RequestReader request = new RequestReader(cursor, inputs, this::readInput);
  private final boolean manyRows;

  OipRecordDecoder(SourceSchema schema) {
    super("an inference request");
    manyRows = schema.rowsPath() != null;
    for (SourceField field : schema.fields()) {
      input(field.path()).targets().add(new FieldTarget(field, schema.layout()));
    }
  }

  private Input input(String name) {
    for (Input input : inputs) {
      if (input.name().equals(name)) {
        return input;
      }
    }
    Input added = new Input(name);
    inputs.add(added);
    return added;
  }

  @Override
  protected int readRows(Batch batch, byte[] value, int firstRow) {
    request.read(batch, value, firstRow);
    long said = rows();
    reserve(batch, firstRow + said);
    for (Input input : inputs) {
      if (!input.isThere()) {
        fillAbsent(batch, input, firstRow, (int) said);
      } else if (!input.isRead()) {
        readInput(batch, input, value, firstRow);
      }
    }
    return (int) said;
  }

  private void readInput(Batch batch, Input input, byte[] value, int firstRow) {
    long rows = manyRows ? input.rows() : 1;
    reserve(batch, firstRow + rows);
    for (FieldTarget target : input.targets()) {
      read(batch.column(target.slot()), input, target, value, firstRow, (int) rows);
    }
    input.markRead();
  }

  /** How many rows the request has: what all its inputs begin with. */
  private long rows() {
    if (!manyRows) {
      return 1;
    }
    @Nullable Input first = null;
    for (Input input : inputs) {
      if (input.isThere()) {
        if (first != null && first.rows() != input.rows()) {
          throw input.bad(RejectReason.UNEVEN_ROWS, "as many rows as \"" + first.name() + "\" has expected, " + first.rows() + ", " + input.rows() + " came");
        }
        first = first == null ? input : first;
      }
    }
    return first == null ? 0 : first.rows();
  }

  private static void fillAbsent(Batch batch, Input input, int firstRow, int rows) {
    for (FieldTarget target : input.targets()) {
      if (!target.hasFallback()) {
        throw target.missing("");
      }
      for (int row = firstRow; row < firstRow + rows; row++) {
        Fallbacks.fill(target, batch.column(target.slot()), row);
      }
    }
  }

  private void read(Column column, Input input, FieldTarget target, byte[] value, int firstRow, int rows) {
    int ofRow = elements(input, target);
    long all = (long) ofRow * rows;
    boolean isBinary = input.dataAt() < 0;
    if (all > (isBinary ? input.binarySize() : value.length)) {
      throw input.bad(RejectReason.WRONG_SHAPE, "the shape " + input.shape() + " has more elements than the request has bytes of data");
    }
    int start = rows == 0 ? 0 : column.start(firstRow);
    if (!target.type().isPooled()) {
      column.reserveElements(start + all);
    }
    if (isBinary) {
      readBinary(column, input, target, value, start, (int) all);
    } else {
      readJson(column, input, target, start, (int) all);
    }
    if (!target.shape().isFixed()) {
      endRows(column, input, target, ofRow, rows);
    }
  }

  private void readJson(Column column, Input input, FieldTarget target, int start, int count) {
    if (!Datatypes.isReadAs(input.datatype(), target.type())) {
      throw input.bad(RejectReason.WRONG_TYPE, Datatypes.of(target.type()) + " expected, " + input.datatype() + " came");
    }
    cursor.moveTo(input.dataAt());
    values.readElements(target, column, start, count);
  }

  private static void readBinary(Column column, Input input, FieldTarget target, byte[] value, int start, int count) {
    ElementType type = target.type();
    if (!input.datatype().equals(Datatypes.of(type))) {
      throw input.bad(RejectReason.WRONG_TYPE, "binary data of " + Datatypes.of(type) + " expected, " + input.datatype() + " came");
    }
    if (type == ElementType.TEXT) {
      readTexts(column, input, value, count);
      return;
    }
    if ((long) count * type.bytes() != input.binarySize()) {
      throw input.bad(RejectReason.WRONG_SIZE, "the shape " + input.shape() + " is " + (long) count * type.bytes() + " bytes of " + input.datatype() + ", " + input.binarySize() + " came");
    }
    if (type == ElementType.BOOL) {
      for (int i = input.binaryAt(); i < input.binaryAt() + count; i++) {
        if ((value[i] & ~1) != 0) {
          throw input.bad(RejectReason.OUT_OF_RANGE, "a byte of 0 or 1 expected at element " + (i - input.binaryAt()) + ", " + (value[i] & 0xFF) + " came");
        }
      }
    }
    column.bytes().put(start * type.bytes(), value, input.binaryAt(), input.binarySize());
  }

  /** Each text has its length in four bytes before it, little-endian. */
  private static void readTexts(Column column, Input input, byte[] value, int count) {
    int at = input.binaryAt();
    int end = at + input.binarySize();
    for (int i = 0; i < count; i++) {
      if (end - at < Integer.BYTES) {
        throw input.bad(RejectReason.WRONG_SIZE, count + " texts expected, the binary data end after " + i);
      }
      int length = (value[at] & 0xFF) | (value[at + 1] & 0xFF) << 8 | (value[at + 2] & 0xFF) << 16 | value[at + 3] << 24;
      at += Integer.BYTES;
      if (length < 0 || length > end - at) {
        throw input.bad(RejectReason.WRONG_LENGTH, "text " + i + " has a length of " + length + ", and " + (end - at) + " bytes are left");
      }
      if (!Utf8.isValid(value, at, at + length)) {
        throw input.bad(RejectReason.INVALID_UTF8, "text in UTF-8 expected at element " + i + ", other bytes came");
      }
      column.appendText(value, at, length);
      at += length;
    }
    if (at != end) {
      throw input.bad(RejectReason.WRONG_SIZE, count + " texts expected, " + (end - at) + " bytes follow them");
    }
  }

  /** How many elements a row has, once the input's shape has been found to be the field's, dimensions of 1 aside. */
  private int elements(Input input, FieldTarget target) {
    RowShape shape = target.shape();
    long[] dims = input.rowDims(shape.rank(), manyRows);
    long elements = 1;
    for (long dim : dims) {
      elements = elements == 0 || dim == 0 ? 0 : dim > RowShape.MAX_ELEMENTS ? RowShape.MAX_ELEMENTS + 1 : Math.min(RowShape.MAX_ELEMENTS + 1, elements * dim);
    }
    boolean isWhole = manyRows || dims.length == shape.rank() || input.rows() == 1;
    boolean fits = isWhole && (shape.isFixed() ? elements == shape.elements() && (shape.rank() < 2 || isSame(dims, shape)) : fitsDynamic(dims, shape));
    if (!fits || elements > RowShape.MAX_ELEMENTS) {
      throw input.bad(RejectReason.WRONG_SHAPE, "a tensor of " + (manyRows ? "rows" : "one row") + " of shape " + shape + " expected, one of " + input.shape() + " came");
    }
    return (int) elements;
  }

  private static boolean isSame(long[] dims, RowShape shape) {
    int axis = 0;
    for (long dim : dims) {
      if (dim != 1) {
        while (axis < shape.rank() && shape.dim(axis) == 1) {
          axis++;
        }
        if (axis == shape.rank() || shape.dim(axis) != dim) {
          return false;
        }
        axis++;
      }
    }
    return true;
  }

  private static boolean fitsDynamic(long[] dims, RowShape shape) {
    boolean fits = dims.length == shape.rank();
    for (int axis = 0; fits && axis < dims.length; axis++) {
      fits = shape.dim(axis) == RowShape.DYNAMIC || shape.dim(axis) == dims[axis];
    }
    return fits;
  }

  private void endRows(Column column, Input input, FieldTarget target, int elements, int rows) {
    long[] dims = input.rowDims(target.shape().rank(), manyRows);
    int[] own = target.dims();
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = (int) dims[axis];
    }
    for (int row = 0; row < rows; row++) {
      column.endRow(elements, own);
    }
  }
}
