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
import org.jspecify.annotations.Nullable;

/**
 * Takes a record's whole value for the elements of one field and copies it into the field's columns. With many rows a record the first dimension is the rows. Where its length does not tell the shape, since
 * several dimensions are open, a header does.
 *
 * <p>NaN and infinity are values like others here, as they are in JSON: the step that reads them decides.
 */
public final class TensorRecordDecoder extends RowsDecoder {
  private final String path;
  private final ColumnSpec spec;
  private final RowBytes rowBytes;
  private final boolean manyRows;
  private final boolean isTold;
  private final ShapeHeader header;
  private final int[] slots;
  private final int[][] dims;

  /**
   * A decoder for one thread.
   *
   * @throws IllegalArgumentException if the fields are not one, read as one type and shape; whoever compiles a pipeline has checked that
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
    if (columns.stream().anyMatch(other -> other.type() != spec.type() || !RowBytes.of(other).equals(rowBytes) || (rowBytes.open() > 1 && !other.shape().equals(spec.shape())))) {
      throw new IllegalArgumentException(path + " is read as tensors of several types or sizes");
    }
    if (manyRows && (!path.equals(schema.rowsPath()) || rowBytes.unit() == 0)) {
      throw new IllegalArgumentException("a length does not tell how many rows " + path + " has");
    }
    isTold = rowBytes.open() + (manyRows ? 1 : 0) > 1;
    header = new ShapeHeader(spec.shape(), manyRows);
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
  public @Nullable String header() {
    return isTold ? ShapeHeader.NAME : null;
  }

  @Override
  protected int readRows(Batch batch, byte[] value, int firstRow) {
    int rows = isTold ? toldRows(batch.header(), value.length) : rows(value.length);
    if (spec.type() == ElementType.BOOL && !areTruthValues(value)) {
      throw new BadRecordException(RejectReason.OUT_OF_RANGE, path, noTruthValue(value));
    }
    write(batch, firstRow, rows, value);
    return rows;
  }

  /** The length tells how many rows there are, or how long the open dimension is. */
  private int rows(int length) {
    boolean exact = rowBytes.isFixed() && !manyRows;
    if (exact ? length != rowBytes.unit() : length % rowBytes.unit() != 0) {
      throw new BadRecordException(RejectReason.WRONG_SIZE, path, wanted() + " expected, " + length + " came");
    }
    int units = exact ? 1 : (int) (length / rowBytes.unit());
    if (!rowBytes.isFixed()) {
      for (int[] row : dims) {
        row[rowBytes.openAxis()] = units;
      }
    }
    return manyRows ? units : 1;
  }

  /** The header tells all dimensions. */
  private int toldRows(byte @Nullable [] told, int length) {
    int rows = header.read(told, dims);
    long bytes = header.elements() * spec.type().bytes();
    if (bytes != length) {
      throw new BadRecordException(RejectReason.WRONG_SIZE, path, spec.type().label() + header.text() + ", " + bytes + " bytes expected, " + length + " came");
    }
    return rows;
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
    int ofRow = rows == 0 ? 0 : elements / rows;
    for (int i = 0; i < slots.length; i++) {
      Column column = batch.column(slots[i]);
      int start = column.start(firstRow);
      column.reserveElements((long) start + elements);
      column.bytes().put(start * elementBytes, value, 0, value.length);
      for (int row = 0; row < rows && !rowBytes.isFixed(); row++) {
        column.endRow(ofRow, dims[i]);
      }
    }
  }
}
