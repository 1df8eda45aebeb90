package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineDocument.State;
import io.yapok.schemas.PipelineStep;
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
    document.state().features().stream()
        .sorted(Comparator.comparing(feature -> feature.name().value()))
        .forEach(this::feature);
    for (int i = 0; i < document.steps().size(); i++) {
      step("steps[" + i + "]", document.steps().get(i));
    }
    line("sink.topic", document.sink().topic());
    line("sink.format", document.sink().format().label());
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
    source.fields().stream().sorted(Comparator.comparing(field -> field.path().value())).forEach(this::field);
  }

  private void field(DeclaredField field) {
    String path = "source.fields[" + quoted(field.path().value()) + "]";
    line(path + ".type", field.type().label());
    line(path + ".shape", field.shape().toString());
    optional(path + ".default", field.fallback());
  }

  private void feature(State.Feature feature) {
    line("state.features[" + quoted(feature.name().value()) + "]", feature.kind().label());
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
