package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Batch;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.avro.WantedPath.Indexed;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.Fallbacks;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.Repeats;
import io.yapok.schemas.internal.field.RowsDecoder;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Avro record a value, straight into the batch's columns, by the schema that it was written with. A field that the writer's schema does not have is absent, as is a null.
 *
 * <ul>
 *   <li>{@code a.b} is the field {@code b} of the record {@code a}, or the entry {@code b} of the map {@code a}; aliases that the writer's schema gives a field count as its names.
 *   <li>Numbers of every kind go into numeric columns of every kind, as far as they fit: decimals by the nearest, dates and times as the number that they are written as.
 *   <li>Texts and enums are text. Bytes are the elements of a column of bytes, and decimals where the schema says so.
 *   <li>Arrays fit shapes as JSON's do; unions are whatever branch came.
 * </ul>
 */
final class AvroRecordDecoder extends RowsDecoder {
  private final List<FieldTarget> targets;
  private final AvroInput in = new AvroInput();
  private final ArrayProgress progress = new ArrayProgress();
  private final RowsPlace rowsPlace = new RowsPlace();
  private final Repeats repeats = new Repeats();
  private final WriterPlans<ValueNode> readers;
  private final WantedPath paths = WantedPath.root();
  private final @Nullable WantedPath rowPaths;
  private final @Nullable String rowsPath;
  private final ValueNode[] noted;
  private @Nullable RowTarget place;

  AvroRecordDecoder(SourceSchema schema, WriterSchemas schemas) {
    super("an Avro record");
    targets = schema.fields().stream().map(field -> new FieldTarget(field, schema.layout())).toList();
    rowsPath = schema.rowsPath();
    rowPaths = rowsPath == null ? null : WantedPath.root();
    noted = new ValueNode[targets.size()];
    readers = new WriterPlans<>(schemas, this::compile);
    addPaths();
  }

  private void addPaths() {
    for (int i = 0; i < targets.size(); i++) {
      Indexed target = new Indexed(targets.get(i), i);
      String path = target.target().path();
      paths.add(path, target);
      if (rowsPath != null && rowPaths != null) {
        rowPaths.add(path, target);
        if (path.startsWith(rowsPath + ".")) {
          rowPaths.add(path.substring(rowsPath.length() + 1), target);
        }
      }
    }
    if (rowsPath != null) {
      paths.addRows(rowsPath);
    }
  }

  private ValueNode compile(Schema schema) {
    return compiler().compile(schema, paths);
  }

  SchemaCompiler compiler() {
    return new SchemaCompiler(progress, rowsPlace, rowPaths, noted);
  }

  WantedPath paths() {
    return paths;
  }

  List<FieldTarget> targets() {
    return targets;
  }

  @Override
  protected int readRows(Batch batch, byte[] value, int firstRow) {
    ValueNode reader = readers.of(value);
    in.start(value, WriterPlans.VALUE);
    return rowPaths == null ? readOneRow(reader, batch, firstRow) : readManyRows(reader, batch, firstRow);
  }

  private int readOneRow(ValueNode reader, Batch batch, int row) {
    RowTarget target = place(batch);
    target.moveTo(batch, row);
    reader.read(in, target);
    in.expectEnd();
    for (FieldTarget field : targets) {
      if (!field.isFilled(target.stamp())) {
        fillAbsent(batch, field, row, "");
      }
    }
    return 1;
  }

  /** The record is walked once: rows and the values around them are passed over, and their places noted. Then the rows are read, each from its place. */
  private int readManyRows(ValueNode reader, Batch batch, int firstRow) {
    RowTarget target = place(batch);
    target.moveAround(batch);
    long around = target.stamp();
    rowsPlace.clear();
    repeats.start();
    reader.read(in, target);
    in.expectEnd();
    ValueNode entry = rowsPlace.entry();
    if (entry == null) {
      throw new BadRecordException(RejectReason.MISSING_FIELD, String.valueOf(rowsPath), "an array of rows expected, the field is absent or null");
    }
    in.moveTo(rowsPlace.position());
    int rows = 0;
    for (int count = in.readBlock(entry.leastBytes()); count > 0; count = in.readBlock(entry.leastBytes())) {
      for (int i = 0; i < count; i++) {
        target.moveTo(batch, firstRow + rows);
        readRow(entry, target, around, rows);
        rows++;
      }
    }
    if (in.position() != rowsPlace.end()) {
      throw AvroInput.malformed("a block of " + rowsPath + " has another size than it says");
    }
    return rows;
  }

  private void readRow(ValueNode entry, RowTarget target, long around, int index) {
    try {
      entry.read(in, target);
    } catch (BadRecordException bad) {
      throw new BadRecordException(bad.reason(), bad.field(), bad.text() + in(index));
    }
    int end = in.position();
    for (int i = 0; i < targets.size(); i++) {
      FieldTarget field = targets.get(i);
      if (!field.isFilled(target.stamp())) {
        readAround(field, noted[i], target, around, index);
      }
    }
    in.moveTo(end);
  }

  private void readAround(FieldTarget field, ValueNode value, RowTarget target, long around, int index) {
    int at = field.notedAt(around);
    if (at < 0) {
      fillAbsent(target.batch(), field, target.row(), in(index));
    } else if (field.copied() >= 0 && field.isPlain()) {
      target.batch().column(field.slot()).copyRow(field.copied(), target.row());
    } else {
      in.moveTo(at);
      value.read(in, target);
      repeats.add(field, in.position() - at);
      field.setCopied(target.row());
    }
  }

  private static void fillAbsent(Batch batch, FieldTarget field, int row, String where) {
    if (!field.hasFallback()) {
      throw field.missing(where);
    }
    Fallbacks.fill(field, batch.column(field.slot()), row);
  }

  private String in(int index) {
    return ", in " + rowsPath + "[" + index + "]";
  }

  private RowTarget place(Batch batch) {
    RowTarget target = place;
    if (target == null) {
      target = new RowTarget(batch);
      place = target;
    }
    return target;
  }
}
