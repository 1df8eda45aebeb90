package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.RowsDecoder;
import java.util.List;

/**
 * Reads one JSON object a record, straight into the batch's columns.
 *
 * <p>Names are matched against the paths that the pipeline reads; all else is passed over, but checked: a document is JSON to its last byte or the record is
 * rejected as malformed. Where several things are wrong, the first one met from the front is the reason.
 *
 * <ul>
 *   <li>{@code a.b} is the field {@code b} of the object {@code a}, or the field whose name is {@code "a.b"}.
 *   <li>null counts as absent; a column of JSON keeps it as it is.
 *   <li>Whole numbers may be written with a fraction of zeros or an exponent; numbers too large for a float column are out of its range. The texts {@code "NaN"},
 *       {@code "Infinity"} and {@code "-Infinity"} stand for what JSON has no number for.
 *   <li>An array fits a fixed shape if it is flat with as many elements, or nested with the same dimensions (those of size 1 aside); a vector also takes a
 *       rectangular array of any depth, in its order. A dynamic shape takes a rectangular array of its rank.
 *   <li>A single value fits a shape of one element.
 *   <li>A name that is read and stands twice in one object is refused, as is a field that stands under both of its names.
 * </ul>
 */
public final class JsonRecordDecoder extends RowsDecoder {
  private final JsonCursor cursor = new JsonCursor();
  private final FieldNode document = FieldNode.root();
  private final boolean manyRows;
  private final RowReader rowReader;
  private final RowsReader rowsReader;

  public JsonRecordDecoder(SourceSchema schema) {
    super("a JSON object");
    List<FieldTarget> targets = schema.fields().stream().map(field -> new FieldTarget(field, schema.layout())).toList();
    for (FieldTarget target : targets) {
      document.add(target.path(), target);
    }
    String rowsPath = schema.rowsPath();
    manyRows = rowsPath != null;
    rowReader = new RowReader(cursor, targets);
    rowsReader = new RowsReader(cursor, rowReader, targets, rowsPath == null ? "" : rowsPath);
  }

  @Override
  protected int readRows(Batch batch, byte[] value, int firstRow) {
    cursor.start(value);
    if (value.length == 0) {
      throw new BadRecordException(RejectReason.MALFORMED, "", "a JSON object expected, the value is empty");
    }
    int first = cursor.peek();
    if (first != '{') {
      cursor.skipValue();
      cursor.expectEnd();
      throw new BadRecordException(RejectReason.WRONG_TYPE, "", "a JSON object expected, " + JsonCursor.kind(first) + " came");
    }
    return manyRows ? rowsReader.read(batch, firstRow) : readOneRow(batch, firstRow);
  }

  private int readOneRow(Batch batch, int row) {
    reserve(batch, row + 1L);
    long stamp = rowReader.readObject(batch, document, row);
    cursor.expectEnd();
    rowReader.fillAbsent(batch, row, stamp);
    return 1;
  }
}
