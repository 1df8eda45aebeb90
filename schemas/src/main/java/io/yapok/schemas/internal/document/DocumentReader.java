package io.yapok.schemas.internal.document;

import static java.util.Objects.requireNonNull;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.BatchLimits;
import io.yapok.schemas.PipelineDocument.Delivery;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Sink;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document's top level. Every reader here reports what is wrong and reads on with a default or null; {@link #read} throws at the end if anything was, so
 * what stands in for a wrong value is never seen.
 */
public final class DocumentReader {
  static final String API_VERSION = "yapok/v1";

  private final ProblemList problems;
  private final Words words;
  private final Lists lists;
  private final Names names;

  private DocumentReader(ProblemList problems) {
    this.problems = problems;
    this.words = new Words(problems);
    this.lists = new Lists(words, problems);
    this.names = new Names(words);
  }

  /**
   * The document in a text.
   *
   * @throws ProblemsException with everything that is wrong
   */
  public static PipelineDocument read(String yaml, String fileName) {
    ProblemList problems = new ProblemList();
    Where file = Where.of(fileName);
    if (yaml.length() > DocumentFile.MAX_BYTES) {
      throw new ProblemsException(DocumentFile.tooLarge(file));
    }
    return read(YamlText.tree(yaml, file, problems), problems);
  }

  /**
   * The document in a tree of maps and lists.
   *
   * @throws ProblemsException with everything that is wrong
   */
  public static PipelineDocument read(Map<String, ?> tree, String fileName) {
    return read(YamlMaps.tree(tree, Where.of(fileName)), new ProblemList());
  }

  private static PipelineDocument read(Yaml root, ProblemList problems) {
    Optional<Entries> top = Entries.of(root, "the document", Keys.DOCUMENT, problems);
    PipelineDocument document = top.map(new DocumentReader(problems)::document).orElse(null);
    problems.throwIfAny();
    return requireNonNull(document);
  }

  private @Nullable PipelineDocument document(Entries top) {
    apiVersion(top);
    Located<String> name = names.pipeline(words.text(top.require("name", "the-pipelines-name"), "the name"));
    EndsReader ends = new EndsReader(words, names, problems);
    Source source = ends.source(top.require("source", "{topic: ...}"));
    List<PipelineStep> steps = new StepsReader(words, names, problems).steps(top.require("steps", "[{model: model.onnx}]"));
    Sink sink = ends.sink(top.require("sink", "{topic: ...}"));
    Rejects rejects = ends.rejects(top.require("rejects", "{topic: ...} for a dead-letter topic, or fail to stop at the first"));
    TablesReader tablesReader = new TablesReader(words, names, problems);
    List<PipelineTable> tables = tablesReader.tables(top.get("tables"));
    tablesReader.checkTopics(tables, source == null ? null : source.topic(), sink == null ? null : sink.topic(), rejects instanceof Rejects.ToTopic(var topic) ? topic : null);
    CrossChecks checks = new CrossChecks(problems);
    checks.check(source, steps, sink, rejects);
    List<Located<String>> include = include(top);
    List<Located<String>> exclude = lists.texts(top.get("exclude"), "exclude");
    reportBoth(include, exclude);
    checks.checkTensors(source, sink, include, exclude);
    PipelineState state = new StateReader(words, names, problems).state(top.get("state"), top.where().entry("state"));
    Delivery delivery = words.choice(top.get("delivery"), "delivery", Delivery.class, Delivery.EXACTLY_ONCE_V2);
    BatchLimits batch = batch(top.get("batch"));
    PipelineDocument.KafkaSettings kafka = new KafkaReader(words, lists).settings(top.get("kafka"));
    if (name == null || source == null || steps.isEmpty() || sink == null || rejects == null) {
      return null;
    }
    return new PipelineDocument(name, source, tables, state, steps, sink, rejects, delivery, batch, include, exclude, kafka, top.where());
  }

  private void apiVersion(Entries top) {
    Located<String> version = words.text(top.get("apiVersion"), "apiVersion");
    if (version != null && !version.value().equals(API_VERSION)) {
      problems.add("apiVersion is \"" + version + "\"", version.where(), "write " + API_VERSION + " or leave it out");
    }
  }

  private List<Located<String>> include(Entries top) {
    if (top.get("include") instanceof Yaml.Sequence list && list.elements().isEmpty()) {
      problems.add("include is an empty list", list.where(), "write exclude: [\"*\"] to leave \"in\" out of results");
      return List.of();
    }
    return lists.texts(top.get("include"), "include");
  }

  private void reportBoth(List<Located<String>> include, List<Located<String>> exclude) {
    Set<String> included = include.stream().map(Located::value).collect(Collectors.toSet());
    for (Located<String> field : exclude) {
      if (field.value().equals("*") && !include.isEmpty()) {
        problems.add("exclude leaves out everything that include lists", field.where(), "remove include or this \"*\"");
      }
      if (included.contains(field.value())) {
        problems.add("\"" + field + "\" stands in include and in exclude", field.where(), "remove one of the two");
      }
    }
  }

  private BatchLimits batch(@Nullable Yaml value) {
    BatchLimits standard = BatchLimits.DEFAULT;
    Entries limits = Entries.of(value, "batch", Keys.BATCH, problems).orElse(null);
    if (limits == null) {
      return standard;
    }
    Located<Integer> records = words.whole(limits.get("records"), "batch.records", 1, 1_000_000);
    Quantities quantities = new Quantities(words);
    return new BatchLimits(
        records == null ? standard.records() : records.value(),
        quantities.bytes(limits.get("bytes"), "batch.bytes", standard.bytes()),
        quantities.time(limits.get("time"), "batch.time", standard.time()));
  }
}
