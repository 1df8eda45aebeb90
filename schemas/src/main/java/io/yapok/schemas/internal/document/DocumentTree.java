package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Sink;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.PipelineStep.Formula;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.RankStep;
import io.yapok.schemas.PipelineStep.TransformStep;
import io.yapok.schemas.PipelineStep.ValidateStep;
import io.yapok.schemas.PipelineStep.Vocabulary;
import io.yapok.schemas.RowShape;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a document as maps, lists, text, numbers and truth values: the YAML that says the same with its defaults filled in, but for {@code kafka}, which may hold secrets. */
public final class DocumentTree {
  private static final int NANOS_TO_MICROS = 3;

  private DocumentTree() {}

  /** The document as a tree. */
  public static Map<String, Object> of(PipelineDocument document) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", document.name().value());
    tree.put("source", source(document.source()));
    if (!document.tables().isEmpty()) {
      Map<String, Object> tables = new LinkedHashMap<>();
      document.tables().forEach(table -> tables.put(table.name().value(), table(table)));
      tree.put("tables", tables);
    }
    Map<String, Object> state = StateTree.of(document.state());
    if (!state.isEmpty()) {
      tree.put("state", state);
    }
    tree.put("steps", document.steps().stream().map(DocumentTree::step).toList());
    tree.put("sink", sink(document.sink()));
    tree.put(
        "rejects",
        switch (document.rejects()) {
          case Rejects.ToTopic(var topic) -> Map.of("topic", topic.value());
          case Rejects.Fail _ -> "fail";
        });
    tree.put("delivery", document.delivery().label());
    BigDecimal micros = BigDecimal.valueOf(document.batch().time().toNanos(), NANOS_TO_MICROS).stripTrailingZeros();
    tree.put("batch", Map.of("records", document.batch().records(), "bytes", document.batch().bytes() + "B", "time", micros.toPlainString() + "us"));
    putList(tree, "include", texts(document.include()));
    putList(tree, "exclude", texts(document.exclude()));
    return tree;
  }

  private static Map<String, Object> sink(Sink sink) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("topic", sink.topic().value());
    tree.put("format", sink.format().label());
    put(tree, "only", sink.only());
    return tree;
  }

  private static Map<String, Object> source(Source source) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("topic", source.topic().value());
    tree.put("format", source.format().label());
    put(tree, "key", source.key());
    put(tree, "rows", source.rows());
    tree.put("tombstone", source.tombstone().label());
    if (!source.fields().isEmpty()) {
      tree.put("fields", fields(source.fields()));
    }
    return tree;
  }

  private static Map<String, Object> table(PipelineTable table) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("topic", table.topic().value());
    tree.put("format", table.format().label());
    put(tree, "by", table.by());
    tree.put("global", table.global());
    tree.put("as_of", table.asOf().label());
    if (table.asOf() == PipelineTable.AsOf.RECORD) {
      tree.put("history", table.history().toMillis() + "ms");
    }
    tree.put("fields", fields(table.fields()));
    return tree;
  }

  private static Map<String, Object> fields(List<DeclaredField> fields) {
    Map<String, Object> tree = new LinkedHashMap<>();
    fields.forEach(field -> tree.put(field.path().value(), field(field)));
    return tree;
  }

  private static Map<String, Object> field(DeclaredField field) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", field.type().label());
    RowShape shape = field.shape();
    putList(tree, "shape", IntStream.range(0, shape.rank()).mapToObj(axis -> shape.dim(axis) == RowShape.DYNAMIC ? (Object) "?" : (Object) shape.dim(axis)).toList());
    put(tree, "default", field.fallback());
    return tree;
  }

  private static Map<String, Object> step(PipelineStep step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (step) {
      case ModelStep model -> putModel(tree, model);
      case TransformStep transform -> tree.put("transform", formulas(transform.results()));
      case ValidateStep validate -> tree.put("validate", formulas(validate.rules()));
      case RankStep rank -> tree.put("rank", ranking(rank));
    }
    tree.put("name", step.name().value());
    return tree;
  }

  private static void putModel(Map<String, Object> tree, ModelStep step) {
    tree.put("model", step.model().value().toString());
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (ModelInput input : step.inputs()) {
      inputs.put(input.name().value(), input.fields().stream().map(DocumentTree::inputField).toList());
    }
    Map<String, Object> outputs = new LinkedHashMap<>();
    step.outputs().forEach(output -> outputs.put(output.output().value(), output.name().value()));
    if (!inputs.isEmpty()) {
      tree.put("inputs", inputs);
    }
    if (!outputs.isEmpty()) {
      tree.put("outputs", outputs);
    }
    put(tree, "rows", step.rows());
    tree.put("deterministic", step.deterministic());
    tree.put("nonfinite", step.nonfinite().label());
    Map<String, Object> state = new LinkedHashMap<>();
    step.state().forEach(entry -> state.put(entry.input().value(), entry.output().value()));
    if (!state.isEmpty()) {
      tree.put("state", state);
    }
  }

  private static Map<String, Object> inputField(InputField field) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("field", field.field().value());
    if (Double.compare(field.scale(), 1) != 0) {
      tree.put("scale", field.scale());
    }
    if (Double.compare(field.offset(), 0) != 0) { // -0.0 is another number
      tree.put("offset", field.offset());
    }
    put(tree, "default", field.fallback());
    switch (field.vocabulary()) {
      case null -> {}
      case Vocabulary.Listed listed -> tree.put("vocabulary", listed.words());
      case Vocabulary.InFile file -> tree.put("vocabulary", file.path());
    }
    if (field.oneHot() != null) {
      tree.put("one_hot", field.oneHot().size() == null ? true : field.oneHot().size());
    }
    if (field.cast() != null) {
      tree.put("cast", field.cast().value().label());
    }
    return tree;
  }

  private static Map<String, Object> formulas(List<Formula> formulas) {
    Map<String, Object> tree = new LinkedHashMap<>();
    formulas.forEach(formula -> tree.put(formula.name().value(), formula.expression().value()));
    return tree;
  }

  private static Map<String, Object> ranking(RankStep step) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("by", step.by().value());
    put(tree, "keep", step.keep());
    tree.put("fields", texts(step.fields()));
    tree.put("descending", step.descending());
    return tree;
  }

  private static List<String> texts(List<Located<String>> words) {
    return words.stream().map(Located::value).toList();
  }

  private static void putList(Map<String, Object> tree, String key, List<?> list) {
    if (!list.isEmpty()) {
      tree.put(key, list);
    }
  }

  private static void put(Map<String, Object> tree, String key, @Nullable Located<?> value) {
    if (value != null) {
      tree.put(key, value.value());
    }
  }
}
