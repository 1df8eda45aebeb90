package io.yapok.model.internal.compile;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Checks what a source or sink of tensors cannot do: a raw record is the bytes of one field and no more, a result those of its outputs. */
final class TensorEnds {
  private final PipelineDocument document;
  private final Layout layout;
  private final Problems problems;

  TensorEnds(PipelineDocument document, Layout layout, Problems problems) {
    this.document = document;
    this.layout = layout;
    this.problems = problems;
  }

  /** Reports what is wrong; called when all steps have compiled. */
  void check(List<SourceField> fields, List<Named> outputs, List<Ranking> rankings) {
    if (document.source().format() == Format.TENSOR) {
      checkSource(fields);
    }
    if (document.source().format() == Format.OIP) {
      fields.forEach(this::checkInput);
    }
    if (document.sink().format() == Format.TENSOR) {
      checkSink(outputs, rankings);
    }
  }

  private void checkSource(List<SourceField> fields) {
    Source source = document.source();
    List<String> paths = fields.stream().map(SourceField::path).distinct().toList();
    if (paths.isEmpty()) {
      problems.add("records are tensors and no step reads one", source.where(), "name a field of your choice where a step is to read the tensor");
    } else if (paths.size() > 1) {
      problems.add("a record is one tensor, and the steps read the fields " + quoted(paths), source.where(), "name the tensor alike wherever it is read, or write format: json");
    } else {
      checkField(paths.getFirst(), fields);
    }
  }

  private void checkField(String path, List<SourceField> fields) {
    Where where = document.source().where();
    Set<String> readings = new LinkedHashSet<>();
    fields.forEach(field -> readings.add(reading(layout.column(field.slot()))));
    if (readings.size() > 1) {
      String what = "\"" + path + "\" is the whole record and read as " + String.join(" and as ", readings);
      problems.add(what, where, "declare its one type and shape under source.fields");
      return;
    }
    checkColumn(path, layout.column(fields.getFirst().slot()), where);
    checkRows(path, layout.column(fields.getFirst().slot()));
    if (fields.stream().anyMatch(field -> field.fallback() != null)) {
      problems.add("\"" + path + "\" is the whole record and never absent, so its default means nothing", where, "remove the default");
    }
  }

  private void checkInput(SourceField field) {
    if (layout.column(field.slot()).type() == ElementType.JSON) {
      problems.add("\"" + field.path() + "\" is passed through as JSON, and an inference request has tensors", document.source().where(), "declare a number, bool or text under source.fields");
    }
  }

  /** Fixed shapes of as many elements are the same bytes. */
  private static String reading(ColumnSpec column) {
    RowShape shape = column.shape();
    return column.type().label() + (shape.isFixed() ? "[" + shape.elements() + "]" : shape);
  }

  private void checkColumn(String path, ColumnSpec column, Where where) {
    RowShape shape = column.shape();
    long open = IntStream.range(0, shape.rank()).filter(axis -> shape.dim(axis) == RowShape.DYNAMIC).count();
    boolean empty = IntStream.range(0, shape.rank()).anyMatch(axis -> shape.dim(axis) == 0);
    if (column.type().isPooled()) {
      problems.add("\"" + path + "\" is read as " + column.type().label() + ", which a tensor cannot hold", where, "declare a number or bool under source.fields, or write format: json");
    } else if (open > 0 && empty) {
      problems.add("\"" + path + "\" has the shape " + shape + ", so that a record has no elements, however many there are of \"?\"", where, "declare its shape under source.fields");
    }
  }

  private void checkRows(String path, ColumnSpec column) {
    Located<String> rows = document.source().rows();
    if (rows == null) {
      return;
    }
    if (!rows.value().equals(path)) {
      problems.add("the rows of a tensor are its first dimension, and the tensor is named \"" + path + "\"", rows.where(), "write rows: " + path);
    } else if (column.shape().elements() == 0) {
      problems.add("\"" + path + "\" has rows of the shape " + column.shape() + ", so that a length does not tell how many", rows.where(), "declare the shape of a row under source.fields");
    }
  }

  private void checkSink(List<Named> outputs, List<Ranking> rankings) {
    List<String> refused = new ArrayList<>();
    for (Named output : outputs) {
      refuse(output.name(), output, refused);
    }
    for (Ranking ranking : rankings) {
      ranking.fields().forEach(field -> refuse(ranking.name() + "." + field.name(), field, refused));
    }
    if (!refused.isEmpty()) {
      String what = "results are tensors, which cannot hold " + String.join(" nor ", refused);
      problems.add(what, document.sink().where(), "leave such out or declare fields as numbers, or write format: json");
    }
  }

  private void refuse(String name, Named column, List<String> refused) {
    ColumnSpec spec = layout.column(column.slot());
    if (spec.type().isPooled()) {
      refused.add("\"" + name + "\" (" + spec.type().label() + ")");
    }
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
  }
}
