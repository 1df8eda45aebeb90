package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.RowsDecoder;
import java.util.List;

/**
 * Takes a record's whole value for the elements of one field and copies it into the field's columns. With many rows a record the first dimension is the rows.
 *
 * <p>NaN and infinity are values like others here, as they are in JSON: the step that reads them decides.
 */
public final class TensorRecordDecoder extends RowsDecoder {
  private final String path;
  private final ColumnSpec spec;
  private final RowBytes rowBytes;
  private final boolean manyRows;
  private final int[] slots;
  private final int[][] dims;

  /**
   * A decoder for one thread.
   *
   * @throws IllegalArgumentException if the fields are not one, read as one type, whose size a length tells; whoever compiles a pipeline has checked that
   */
  public TensorRecordDecoder(SourceSchema schema) {
    super("a tensor");
    List<ColumnSpec> columns = schema.fields().stream().map(field -> schema.layout().column(field.slot())).toList();
    if (schema.fields().stream().map(SourceField::path).distinct().count() != 1) {
      throw new IllegalArgumentException("a tensor is one field, not " + schema.fields().stream().map(SourceField::path).distinct().toList());
    }
    path = schema.fields().getFirst().path();
    spec = columns.getFirst();
    rowBytes = RowBytes.of(spec);
    manyRows = schema.rowsPath() != null;
    if (columns.stream().anyMatch(other -> other.type() != spec.type() || !RowBytes.of(other).equals(rowBytes))) {
      throw new IllegalArgumentException(path + " is read as tensors of several types or sizes");
    }
    if (manyRows && (!path.equals(schema.rowsPath()) || !rowBytes.isFixed() || rowBytes.unit() == 0)) {
      throw new IllegalArgumentException("a length does not tell how many rows " + path + " has");
    }
    slots = schema.fields().stream().mapToInt(SourceField::slot).toArray();
    dims = columns.stream().map(TensorRecordDecoder::dims).toArray(int[][]::new);
  }

  private static int[] dims(ColumnSpec column) {
    int[] dims = new int[column.shape().rank()];
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = column.shape().dim(axis);
    }
    return dims;
  }

  @Override
  protected int readRows(Batch batch, byte[] value, int firstRow) {
    if (!hasRightLength(value.length)) {
      throw new BadRecordException(RejectReason.WRONG_SHAPE, path, wanted() + " expected, " + value.length + " came");
    }
    if (spec.type() == ElementType.BOOL && !areTruthValues(value)) {
      throw new BadRecordException(RejectReason.OUT_OF_RANGE, path, noTruthValue(value));
    }
    int rows = manyRows ? (int) (value.length / rowBytes.unit()) : 1;
    write(batch, firstRow, rows, value);
    return rows;
  }

  private boolean hasRightLength(int length) {
    boolean exact = rowBytes.isFixed() && !manyRows;
    return exact ? length == rowBytes.unit() : length % rowBytes.unit() == 0;
  }

  private String wanted() {
    String tensor = spec.type().label() + spec.shape();
    if (manyRows) {
      return "rows of " + tensor + ", a multiple of " + rowBytes.unit() + " bytes";
    }
    return tensor + (rowBytes.isFixed() ? ", " : ", a multiple of ") + rowBytes.unit() + " bytes";
  }

  /** One pass without branches. */
  private static boolean areTruthValues(byte[] value) {
    int bits = 0;
    for (byte element : value) {
      bits |= element;
    }
    return (bits & ~1) == 0;
  }

  private static String noTruthValue(byte[] value) {
    int element = 0;
    while ((value[element] & ~1) == 0) {
      element++;
    }
    return "a byte of 0 or 1 expected at element " + element + ", " + (value[element] & 0xFF) + " came";
  }

  private void write(Batch batch, int firstRow, int rows, byte[] value) {
    reserve(batch, (long) firstRow + rows);
    int elementBytes = spec.type().bytes();
    int elements = value.length / elementBytes;
    for (int i = 0; i < slots.length; i++) {
      Column column = batch.column(slots[i]);
      int start = column.start(firstRow);
      column.reserveElements((long) start + elements);
      column.bytes().put(start * elementBytes, value, 0, value.length);
      if (!rowBytes.isFixed()) {
        dims[i][rowBytes.openAxis()] = (int) (value.length / rowBytes.unit());
        column.endRow(elements, dims[i]);
      }
    }
  }
}
