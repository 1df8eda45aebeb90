package io.yapok.model.internal.compile;

import io.yapok.model.internal.expression.NameResolver.Found;
import io.yapok.model.internal.expression.NameResolver.Resolution;
import io.yapok.model.internal.expression.NameResolver.Undecided;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables that records are joined with: a column for each field that is read of a row, and the column of the key that is looked up. */
final class Joins {
  private final List<PipelineTable> tables;
  private final Columns columns;
  private final Problems problems;
  private final Map<String, List<Integer>> slots = new HashMap<>();

  Joins(List<PipelineTable> tables, Columns columns, Problems problems) {
    this.tables = tables;
    this.columns = columns;
    this.problems = problems;
  }

  /** Tells a scope the fields that steps may read; it has no columns for them. */
  void sketch(Scope sketch) {
    tables.forEach(table -> table.fields().forEach(field -> sketch.join(table.name().value(), field.path().value(), -1)));
  }

  /** Adds the fields' columns and tells the scope of them. */
  void declare(Scope scope) {
    for (PipelineTable table : tables) {
      List<Integer> ofTable = new ArrayList<>();
      for (DeclaredField field : table.fields()) {
        int slot = columns.add("table." + table.name() + "." + field.path(), field.type(), field.shape());
        ofTable.add(slot);
        scope.join(table.name().value(), field.path().value(), slot);
      }
      slots.put(table.name().value(), ofTable);
    }
  }

  /** The tables, when it is known what models read the keys' fields as. */
  List<JoinedTable> compile(Scope scope) {
    List<JoinedTable> joined = new ArrayList<>();
    for (PipelineTable table : tables) {
      Located<String> by = table.by();
      int key = by == null ? JoinedTable.RECORD_KEY : key(by, scope);
      joined.add(new JoinedTable(table, key, row(table), slots.getOrDefault(table.name().value(), List.of())));
    }
    return joined;
  }

  private int key(Located<String> by, Scope scope) {
    switch (scope.meaning(by.value())) {
      case Scope.Field _ -> {
        return fieldKey(by, scope);
      }
      case Scope.Value _ -> problems.add("by is \"" + by + "\", which is no field of the record", by.where(), "name a field of the record, or of a row of it");
      case Scope.Nothing(String what, String whatToDo) -> problems.add(what, by.where(), whatToDo);
      case Scope.Broken _ -> {}
    }
    return JoinedTable.RECORD_KEY;
  }

  private int fieldKey(Located<String> by, Scope scope) {
    Resolution known = scope.resolve(by.value());
    Found found = known instanceof Undecided ? scope.decide(by.value(), ElementType.TEXT, RowShape.SCALAR) : (Found) known;
    boolean one = found.shape().isFixed() && found.shape().elements() == 1;
    if (!one || !isKey(found.type())) {
      String shape = one ? "" : " of shape " + found.shape();
      problems.add("\"" + by + "\" is read as " + found.type().label() + shape + ", and a key is one text or whole number", by.where(), "declare it as text or int64 under source.fields");
    }
    return found.slot();
  }

  private static boolean isKey(ElementType type) {
    return switch (type) {
      case TEXT, INT8, UINT8, INT16, INT32, INT64 -> true;
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, JSON -> false;
    };
  }

  private static SourceSchema row(PipelineTable table) {
    List<ColumnSpec> specs = new ArrayList<>();
    List<SourceField> fields = new ArrayList<>();
    for (DeclaredField field : table.fields()) {
      fields.add(new SourceField(field.path().value(), specs.size(), field.fallback() == null ? null : field.fallback().value()));
      specs.add(new ColumnSpec("table." + table.name() + "." + field.path(), field.type(), field.shape()));
    }
    return new SourceSchema(new Layout(specs), fields, null);
  }
}
