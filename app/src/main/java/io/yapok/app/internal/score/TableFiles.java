package io.yapok.app.internal.score;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.Where;
import io.yapok.schemas.WriterSchemas;
import io.yapok.state.TableRows;
import io.yapok.topology.KeyField;
import io.yapok.topology.Tables;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of a pipeline from files: a line a row, {@code {"key": "u1", "value": {...}}}; a later line replaces an earlier one of its key, and null takes it away. */
final class TableFiles {
  private static final int VALUE = 0;

  private final KeyField key = new KeyField(PipelineDocument.Format.JSON, "key", WriterSchemas.NONE);
  private final Batch batch;
  private final RecordDecoder decoder;

  private TableFiles() {
    Layout layout = new Layout(List.of(new ColumnSpec("input.value", ElementType.JSON, RowShape.SCALAR)));
    this.batch = new Batch(layout, 1 << 16);
    this.decoder = Formats.decoder("json", new SourceSchema(layout, List.of(new SourceField("value", VALUE, null)), null), WriterSchemas.NONE);
  }

  /**
   * Reads all files.
   *
   * @param files by the tables' names
   * @throws ProblemsException if a table has no file or a file no table, or a line is no row
   */
  static Tables read(PipelineDocument document, Map<String, Path> files) throws IOException {
    check(document, files);
    TableFiles reader = new TableFiles();
    Map<String, TableRows> rows = new HashMap<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      TableRows table = TableRows.inHeap();
      reader.read(file.getValue(), table);
      rows.put(file.getKey(), table);
    }
    return Tables.inHeap(rows);
  }

  private static void check(PipelineDocument document, Map<String, Path> files) {
    List<Problem> problems = new ArrayList<>();
    List<String> names = document.tables().stream().map(table -> table.name().value()).toList();
    for (PipelineTable table : document.tables()) {
      if (!files.containsKey(table.name().value())) {
        problems.add(table.name().problem("the table \"" + table.name() + "\" has no file to read", "give --table " + table.name() + "=FILE"));
      } else if (table.format() != PipelineDocument.Format.JSON) {
        problems.add(new Problem("the table's rows are in format " + table.format().label() + ", and score reads lines of JSON", table.where(), "score with a copy of the pipeline that says format: json"));
      }
    }
    files.forEach((name, file) -> {
      if (!names.contains(name)) {
        problems.add(new Problem("the pipeline has no table \"" + name + "\"", Where.of(file.toString()), names.isEmpty() ? "leave --table out" : "name one of " + String.join(", ", names)));
      }
    });
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private void read(Path file, TableRows table) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      LineReader lines = new LineReader(in);
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        Reject unfit = key.read(line);
        byte[] value = unfit == null ? value(line) : null;
        requireRow(unfit == null ? batch.rejection(0) : unfit, Where.of(file + ":" + lines.lineNumber()));
        table.put(key.key(), value, 0);
      }
    }
  }

  private static void requireRow(@Nullable Reject unfit, Where where) {
    if (unfit != null) {
      throw new ProblemsException(new Problem("this is no row: " + unfit.message(), where, "write {\"key\": \"...\", \"value\": {...}}"));
    }
  }

  /** A line's value as it is written; null for the word null, and where the line is no object with one, which the batch then says. */
  private byte @Nullable [] value(byte[] line) {
    batch.clear();
    batch.addRecord(null, line, 0, 0, 0, null);
    if (!decoder.decode(batch)) {
      throw new IllegalStateException("the decoder has no room in an empty batch");
    }
    if (batch.isRejected(0)) {
      return null;
    }
    byte[] value = Arrays.copyOfRange(batch.column(VALUE).textPool(), batch.column(VALUE).textStart(0), batch.column(VALUE).textEnd(0));
    return value.length == 4 && value[0] == 'n' ? null : value;
  }
}
