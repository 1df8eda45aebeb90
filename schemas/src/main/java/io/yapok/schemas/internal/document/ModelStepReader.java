package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.PipelineStep.ModelOutput;
import io.yapok.schemas.PipelineStep.ModelReference;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Nonfinite;
import io.yapok.schemas.PipelineStep.Recurrence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a model step. */
final class ModelStepReader {
  private static final Pattern IN_REPOSITORY = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?:/([0-9]{1,18}))?");

  private final Words words;
  private final Lists lists;
  private final Names names;
  private final InputReader inputs;

  ModelStepReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.inputs = new InputReader(words, names, problems);
  }

  @Nullable ModelStep step(Entries step) {
    Located<ModelReference> model = reference(words.text(step.get("model"), "the model"));
    Located<String> written = names.step(words.text(step.get("name"), "the step's name"));
    List<ModelInput> fed = inputs.inputs(step.get("inputs"));
    List<ModelOutput> outputs = outputs(step.get("outputs"));
    Located<Integer> rows = words.whole(step.get("rows"), "rows", 1, 1_000_000);
    boolean deterministic = words.truth(step.get("deterministic"), "deterministic", false);
    Nonfinite nonfinite = words.choice(step.get("nonfinite"), "nonfinite", Nonfinite.class, Nonfinite.REJECT);
    List<Recurrence> state = state(step.get("state"), fed);
    if (model == null) {
      return null;
    }
    Located<String> name = written == null ? new Located<>(defaultName(model.value()), step.where()) : written;
    return new ModelStep(name, model, fed, outputs, rows, deterministic, nonfinite, state, step.where());
  }

  /** The file's stem, with what a name may not hold replaced. */
  private static String defaultName(ModelReference model) {
    String stem = model.defaultStepName().replaceAll("[^A-Za-z0-9._-]", "_");
    String name = stem.isEmpty() || !Character.isLetterOrDigit(stem.charAt(0)) ? "model" + stem : stem;
    return name.substring(0, Math.min(name.length(), 100));
  }

  private @Nullable Located<ModelReference> reference(@Nullable Located<String> text) {
    if (text == null) {
      return null;
    }
    if (text.value().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return new Located<>(new ModelReference.InFile(text.value()), text.where());
    }
    Matcher form = IN_REPOSITORY.matcher(text.value());
    if (!form.matches()) {
      words.problem("\"" + text + "\" names no model", text.where(), "write a file that ends in .onnx, or NAME or NAME/VERSION of a model under models/");
      return null;
    }
    Long version = form.group(2) == null ? null : Long.valueOf(form.group(2));
    return new Located<>(new ModelReference.InRepository(form.group(1), version), text.where());
  }

  private List<ModelOutput> outputs(@Nullable Yaml value) {
    List<ModelOutput> outputs = new ArrayList<>();
    Map<String, String> taken = new HashMap<>();
    for (Yaml.Entry entry : lists.entries(value, "outputs", "{Plus214_Output_0: scores}")) {
      Located<String> name = names.identifier(words.text(entry.value(), "the output's name"), "a name for a result");
      String other = name == null ? null : taken.putIfAbsent(name.value(), entry.key());
      if (name != null && other != null) {
        words.problem("the outputs \"" + other + "\" and \"" + entry.key() + "\" are both called \"" + name + "\"", name.where(), "choose another name");
      } else if (name != null) {
        outputs.add(new ModelOutput(new Located<>(entry.key(), entry.where()), name));
      }
    }
    return outputs;
  }

  private List<Recurrence> state(@Nullable Yaml value, List<ModelInput> fed) {
    List<Recurrence> state = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, "state", "{h_in: h_out}")) {
      Located<String> input = new Located<>(entry.key(), entry.where());
      Located<String> output = words.text(entry.value(), "the output that feeds \"" + input + "\"");
      if (fed.stream().anyMatch(other -> other.name().value().equals(input.value()))) {
        words.problem("the input \"" + input + "\" is fed by inputs and by state", input.where(), "remove it from one of the two");
      } else if (output != null) {
        state.add(new Recurrence(input, output));
      }
    }
    return state;
  }
}
