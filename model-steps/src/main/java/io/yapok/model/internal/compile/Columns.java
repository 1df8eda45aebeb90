package io.yapok.model.internal.compile;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of a pipeline's batches while it is compiled, and the fields that fill some of them. */
final class Columns {
  private final List<ColumnSpec> specs = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<Read, Integer> fields = new LinkedHashMap<>();

  /** A field as something reads it; what reads it alike shares a column. */
  private record Read(String path, ElementType type, RowShape shape, @Nullable Object fallback) {}

  /** Adds a column; where its name is taken it gets a number. */
  int add(String name, ElementType type, RowShape shape, List<String> labels) {
    String unique = name;
    for (int number = 2; !names.add(unique); number++) {
      unique = name + " (" + number + ")";
    }
    specs.add(new ColumnSpec(unique, type, shape, labels));
    return specs.size() - 1;
  }

  /** Adds a column whose elements have no names. */
  int add(String name, ElementType type, RowShape shape) {
    return add(name, type, shape, List.of());
  }

  /** The column that a field of the record is decoded into. */
  int field(String path, ElementType type, RowShape shape, @Nullable Object fallback) {
    Read read = new Read(path, type, shape, fallback);
    Integer known = fields.get(read);
    if (known != null) {
      return known;
    }
    boolean first = fields.keySet().stream().noneMatch(other -> other.path().equals(path));
    String name = "input." + path;
    int slot = add(first ? name : name + " as " + type.label() + shape, type, shape);
    fields.put(read, slot);
    return slot;
  }

  ColumnSpec spec(int slot) {
    return specs.get(slot);
  }

  Layout layout() {
    return new Layout(specs);
  }

  List<SourceField> fields() {
    return fields.entrySet().stream()
        .map(entry -> new SourceField(entry.getKey().path(), entry.getValue(), entry.getKey().fallback()))
        .toList();
  }
}
