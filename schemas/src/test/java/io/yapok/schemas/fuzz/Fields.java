package io.yapok.schemas.fuzz;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pipeline reads of its records, and shows in its results. */
final class Fields {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();

  /** Adds a field that must be there. */
  Fields need(String path, ElementType type, int... dims) {
    return add(path, type, null, dims);
  }

  /** Adds a field with a default. */
  Fields with(Object fallback, String path, ElementType type, int... dims) {
    return add(path, type, fallback, dims);
  }

  private Fields add(String path, ElementType type, @Nullable Object fallback, int... dims) {
    fields.add(new SourceField(path, columns.size(), fallback));
    columns.add(new ColumnSpec(path + " " + columns.size(), type, RowShape.of(dims)));
    return this;
  }

  /** Records of one row, or of many where {@code rowsPath} says so. */
  SourceSchema source(@Nullable String rowsPath) {
    return new SourceSchema(new Layout(columns), fields, rowsPath);
  }

  /** Results that show all fields among their outputs and, but for these, in the record. */
  static ResultSchema result(SourceSchema source, boolean showsFields, List<String> exclude) {
    List<Named> shown = source.fields().stream().map(field -> new Named(field.path(), field.slot())).toList();
    List<Named> outputs = source.fields().stream().map(field -> new Named(source.layout().column(field.slot()).name(), field.slot())).toList();
    return new ResultSchema(source.layout(), "fuzzed", "0", List.of(), outputs, List.of(), List.of(), source.rowsPath() != null, List.of(), exclude, showsFields ? shown : List.of());
  }
}
