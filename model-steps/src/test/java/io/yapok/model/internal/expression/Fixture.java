package io.yapok.model.internal.expression;

import io.yapok.model.BoundStep;
import io.yapok.model.internal.kernel.CompiledExpression;
import io.yapok.model.internal.kernel.NamedExpression;
import io.yapok.model.internal.kernel.TransformStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.Nearest;
import io.yapok.schemas.Problem;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Columns, rows in them, and expressions over them; a resolver that knows the columns by name and leaves {@code input.} fields undecided. */
final class Fixture implements NameResolver {
  private final Map<String, ColumnSpec> specs = new LinkedHashMap<>();
  private final Map<String, List<Object>> values = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<CompiledExpression> compiled = new ArrayList<>();
  private final List<String> decided = new ArrayList<>();

  /** A column and its value in each row: a number, a text, a boolean, or a list of those. */
  Fixture with(String name, ElementType type, RowShape shape, Object... rows) {
    specs.put(name, new ColumnSpec(name, type, shape));
    values.put(name, List.of(rows));
    return this;
  }

  Fixture with(String name, ElementType type, Object... rows) {
    return with(name, type, RowShape.SCALAR, rows);
  }

  @Override
  public Resolution resolve(String name) {
    if (specs.containsKey(name)) {
      ColumnSpec spec = specs.get(name);
      return new Found(List.copyOf(specs.keySet()).indexOf(name), spec.type(), spec.shape());
    }
    if (name.startsWith("input.")) {
      return new Undecided();
    }
    return new Unknown("no value is named \"" + name + "\"", Nearest.to(name, new TreeSet<>(specs.keySet())).map(near -> "did you mean " + near + "?").orElse("see what steps give"));
  }

  @Override
  public Found decide(String name, ElementType type, RowShape shape) {
    decided.add(name + ": " + type.label() + " " + shape);
    with(name, type, shape);
    return (Found) resolve(name);
  }

  Optional<CompiledExpression> compile(String text) {
    return ExpressionCompiler.compile(new Located<>(text, new Where("p.yaml", 3, 5, "steps[0].transform.x")), this, problems);
  }

  Optional<CompiledExpression> compileRule(String text) {
    return ExpressionCompiler.compileRule(new Located<>(text, new Where("p.yaml", 3, 5, "steps[0].validate.x")), this, problems);
  }

  /** The value in a slot and row; a column of one element holds that element. */
  Object value(int slot, int row) {
    Object value = List.copyOf(values.values()).get(slot).get(row);
    return List.copyOf(specs.values()).get(slot).shape().equals(RowShape.of(1)) ? ((List<?>) value).getFirst() : value;
  }

  List<Problem> problems() {
    return problems;
  }

  List<String> decided() {
    return decided;
  }

  /** Compiles and runs one expression over all rows, one record a row, in batches of a size. */
  List<Object> run(String text, int batchSize) {
    CompiledExpression expression = compile(text).orElseThrow(() -> new AssertionError(text + ": " + problems));
    return run(expression, batchSize);
  }

  List<Object> run(String text) {
    return run(text, Integer.MAX_VALUE);
  }

  List<Object> run(CompiledExpression expression, int batchSize) {
    List<ColumnSpec> columns = new ArrayList<>(specs.values());
    columns.add(expression.column("result"));
    Batch batch = new Batch(new Layout(columns), 1 << 20);
    int rows = values.values().stream().mapToInt(List::size).max().orElse(1);
    List<Object> results = new ArrayList<>();
    try (BoundStep step = new TransformStep("t", List.of(new NamedExpression("x", expression, columns.size() - 1))).bind(batch)) {
      for (int start = 0; start < rows; start += batchSize < rows ? batchSize : rows) {
        int count = Math.min(batchSize, rows - start);
        batch.clear();
        fill(batch, start, count);
        step.run();
        for (int row = 0; row < count; row++) {
          results.add(batch.isRejected(row) ? batch.rejection(row).reason() + ": " + batch.rejection(row).message() : value(batch.column(columns.size() - 1), row));
        }
      }
    }
    return results;
  }

  void fill(Batch batch, int start, int count) {
    for (int row = 0; row < count; row++) {
      batch.addRecord(null, null, 0, 0, row, null);
      batch.reserveRows(row + 1);
      int slot = 0;
      for (List<Object> column : values.values()) {
        put(batch.column(slot++), row, column.isEmpty() ? 0 : column.get(start + row));
      }
      batch.endRecord(1);
    }
  }

  private static void put(Column column, int row, Object value) {
    List<?> elements = value instanceof List<?> list ? list : List.of(value);
    int start = column.start(row);
    if (!column.spec().shape().isFixed()) {
      column.reserveElements(start + elements.size());
    }
    for (int i = 0; i < elements.size(); i++) {
      put(column, start + i, elements.get(i), column.spec().type());
    }
    if (!column.spec().shape().isFixed()) {
      column.endRow(elements.size(), elements.size());
    }
  }

  private static void put(Column column, int at, Object value, ElementType type) {
    switch (type) {
      case FLOAT32 -> column.floats().put(at, ((Number) value).floatValue());
      case FLOAT64 -> column.doubles().put(at, ((Number) value).doubleValue());
      case FLOAT16 -> column.shorts().put(at, Float.floatToFloat16(((Number) value).floatValue()));
      case BFLOAT16 -> column.shorts().put(at, (short) (Float.floatToRawIntBits(((Number) value).floatValue()) >> 16));
      case INT8, UINT8 -> column.bytes().put(at, ((Number) value).byteValue());
      case INT16 -> column.shorts().put(at, ((Number) value).shortValue());
      case INT32 -> column.ints().put(at, ((Number) value).intValue());
      case INT64 -> column.longs().put(at, ((Number) value).longValue());
      case BOOL -> column.bytes().put(at, (byte) (Boolean.TRUE.equals(value) ? 1 : 0));
      case TEXT, JSON -> column.appendText(value.toString());
    }
  }

  /** A row's value: a list where rows are vectors. */
  static Object value(Column column, int row) {
    if (column.spec().shape().rank() == 0) {
      return element(column, column.start(row));
    }
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < column.count(row); i++) {
      elements.add(element(column, column.start(row) + i));
    }
    return elements;
  }

  private static Object element(Column column, int at) {
    return switch (column.spec().type()) {
      case FLOAT32 -> column.floats().get(at);
      case FLOAT64 -> column.doubles().get(at);
      case INT64 -> column.longs().get(at);
      case BOOL -> column.bytes().get(at) != 0;
      case TEXT -> column.text(at);
      default -> throw new IllegalStateException(column.spec().toString());
    };
  }
}
