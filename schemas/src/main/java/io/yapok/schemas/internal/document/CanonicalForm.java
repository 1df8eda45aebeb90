package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineState;
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
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a document as lines of {@code path=value}, the same lines for everything that means the same. Lists keep their order; mappings whose order means nothing
 * are sorted. A line for a key that a later version adds is written only where its value is not the default, so that hashes stay.
 */
public final class CanonicalForm {
  private final StringBuilder lines = new StringBuilder();

  private CanonicalForm() {}

  /** The document's canonical bytes, UTF-8. */
  public static byte[] of(PipelineDocument document) {
    CanonicalForm form = new CanonicalForm();
    form.document(document);
    return form.lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void document(PipelineDocument document) {
    line("apiVersion", DocumentReader.API_VERSION);
    line("name", document.name());
    source(document.source());
    document.tables().stream().sorted(Comparator.comparing(table -> table.name().value())).forEach(this::table);
    state(document.state());
    for (int i = 0; i < document.steps().size(); i++) {
      step("steps[" + i + "]", document.steps().get(i));
    }
    line("sink.topic", document.sink().topic());
    line("sink.format", document.sink().format().label());
    optional("sink.only", document.sink().only());
    switch (document.rejects()) {
      case Rejects.ToTopic to -> line("rejects.topic", to.topic());
      case Rejects.Fail fail -> line("rejects", "fail");
    }
    line("delivery", document.delivery().label());
    line("batch.records", document.batch().records());
    line("batch.bytes", document.batch().bytes());
    line("batch.nanos", document.batch().time().toNanos());
    sorted("include", document.include());
    sorted("exclude", document.exclude());
  }

  private void source(Source source) {
    line("source.topic", source.topic());
    line("source.format", source.format().label());
    optional("source.key", source.key());
    optional("source.rows", source.rows());
    line("source.tombstone", source.tombstone().label());
    source.fields().stream().sorted(Comparator.comparing(field -> field.path().value())).forEach(field -> field("source", field));
  }

  private void table(PipelineTable table) {
    String path = "tables[" + quoted(table.name().value()) + "]";
    line(path + ".topic", table.topic());
    line(path + ".format", table.format().label());
    optional(path + ".by", table.by());
    line(path + ".global", table.global());
    line(path + ".as_of", table.asOf().label());
    if (table.asOf() == PipelineTable.AsOf.RECORD) {
      line(path + ".history.millis", table.history().toMillis());
    }
    table.fields().stream().sorted(Comparator.comparing(field -> field.path().value())).forEach(field -> field(path, field));
  }

  private void field(String of, DeclaredField field) {
    String path = of + ".fields[" + quoted(field.path().value()) + "]";
    line(path + ".type", field.type().label());
    line(path + ".shape", field.shape().toString());
    optional(path + ".default", field.fallback());
  }

  private void state(PipelineState state) {
    state.features().stream().sorted(Comparator.comparing(feature -> feature.name().value())).forEach(this::feature);
    state.sequences().stream().sorted(Comparator.comparing(sequence -> sequence.name().value())).forEach(this::sequence);
    if (state.dedupe() != null) {
      line("state.dedupe.within", state.dedupe().within().toMillis());
      optional("state.dedupe.by", state.dedupe().by());
      line("state.dedupe.keep", state.dedupe().keep());
    }
    unless(state.late() == PipelineState.Late.OWN_WINDOW, "state.late", state.late().label());
    if (state.ttl() != null) {
      line("state.ttl", state.ttl().toMillis());
    }
    unless(state.memoryBytes() == PipelineState.DEFAULT_MEMORY_BYTES, "state.memory", state.memoryBytes());
    unless(state.standbys() == PipelineState.DEFAULT_STANDBYS, "state.standbys", state.standbys());
  }

  private void feature(PipelineState.Feature feature) {
    String path = "state.features[" + quoted(feature.name().value()) + "]";
    line(path, feature.aggregate().label());
    optional(path + ".of", feature.of());
    switch (feature.window()) {
      case PipelineState.Window.Past() -> {}
      case PipelineState.Window.Sliding(var over, int buckets) -> {
        line(path + ".over", over.toMillis());
        line(path + ".buckets", buckets);
      }
      case PipelineState.Window.Tumbling(var over) -> line(path + ".tumbling", over.toMillis());
      case PipelineState.Window.Session(var gap) -> line(path + ".gap", gap.toMillis());
    }
    unless(feature.n() == 1, path + ".n", feature.n());
    unless(feature.q() == 0.5, path + ".q", feature.q());
    if (feature.halfLife() != null) {
      line(path + ".half_life", feature.halfLife().toMillis());
    }
    unless(feature.at() == PipelineState.Moment.BEFORE, path + ".at", feature.at().label());
    unless(Double.compare(feature.fallback(), feature.aggregate().fallback()) == 0, path + ".default", feature.fallback());
  }

  private void sequence(PipelineState.Sequence sequence) {
    String path = "state.sequence[" + quoted(sequence.name().value()) + "]";
    sequence.of().forEach(field -> line(path + ".of", field));
    line(path + ".last", sequence.last());
    line(path + ".at", sequence.at().label());
    line(path + ".default", sequence.fallback());
  }

  private void unless(boolean isDefault, String path, Object value) {
    if (!isDefault) {
      line(path, value);
    }
  }

  private void step(String path, PipelineStep step) {
    line(path + ".name", step.name());
    switch (step) {
      case ModelStep model -> model(path, model);
      case TransformStep transform -> formulas(path + ".transform", transform.results());
      case ValidateStep validate -> formulas(path + ".validate", validate.rules());
      case RankStep rank -> rank(path + ".rank", rank);
    }
  }

  private void model(String path, ModelStep step) {
    line(path + ".model", step.model());
    step.inputs().stream().sorted(Comparator.comparing(input -> input.name().value())).forEach(input -> input(path, input));
    step.outputs().forEach(output -> line(path + ".outputs[" + quoted(output.output().value()) + "]", output.name()));
    optional(path + ".rows", step.rows());
    line(path + ".deterministic", step.deterministic());
    line(path + ".nonfinite", step.nonfinite().label());
    step.state().stream()
        .sorted(Comparator.comparing(entry -> entry.input().value()))
        .forEach(entry -> line(path + ".state[" + quoted(entry.input().value()) + "]", entry.output()));
  }

  private void input(String path, ModelInput input) {
    for (int i = 0; i < input.fields().size(); i++) {
      inputField(path + ".inputs[" + quoted(input.name().value()) + "][" + i + "]", input.fields().get(i));
    }
  }

  private void inputField(String path, InputField field) {
    line(path + ".field", field.field());
    line(path + ".scale", field.scale());
    line(path + ".offset", field.offset());
    optional(path + ".default", field.fallback());
    switch (field.vocabulary()) {
      case null -> {}
      case Vocabulary.Listed listed -> listed.words().forEach(word -> line(path + ".vocabulary", word));
      case Vocabulary.InFile file -> line(path + ".vocabulary.file", file.path());
    }
    if (field.oneHot() != null) {
      line(path + ".one_hot", field.oneHot().size() == null ? "true" : field.oneHot().size());
    }
    if (field.cast() != null) {
      line(path + ".cast", field.cast().value().label());
    }
  }

  private void formulas(String path, List<Formula> formulas) {
    formulas.forEach(formula -> line(path + "[" + quoted(formula.name().value()) + "]", formula.expression()));
  }

  private void rank(String path, RankStep step) {
    line(path + ".by", step.by());
    optional(path + ".keep", step.keep());
    step.fields().forEach(field -> line(path + ".fields", field));
    line(path + ".descending", step.descending());
  }

  private void sorted(String path, List<Located<String>> words) {
    words.stream().map(Located::value).sorted().forEach(word -> line(path, word));
  }

  private void optional(String path, @Nullable Located<?> value) {
    if (value != null) {
      line(path, value);
    }
  }

  /** Text is quoted and numbers are not, so that the text "1" and the number 1 differ. */
  private void line(String path, Object value) {
    Object bare = value instanceof Located<?> located ? located.value() : value;
    lines.append(path).append('=').append(bare instanceof Number || bare instanceof Boolean ? bare.toString() : quoted(bare.toString())).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
  }
}
