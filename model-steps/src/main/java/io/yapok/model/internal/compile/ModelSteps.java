package io.yapok.model.internal.compile;

import io.yapok.model.Step;
import io.yapok.model.internal.mapping.MappedModelStep;
import io.yapok.model.internal.mapping.MappedModelStep.Checked;
import io.yapok.model.internal.mapping.Mapping;
import io.yapok.model.internal.onnx.Batching;
import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.model.internal.onnx.ModelOptions;
import io.yapok.model.internal.onnx.OnnxModel;
import io.yapok.model.internal.onnx.OutputSpec;
import io.yapok.model.internal.repository.ModelRepository;
import io.yapok.schemas.Located;
import io.yapok.schemas.Nearest;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.PipelineStep.ModelOutput;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Nonfinite;
import io.yapok.schemas.PipelineStep.Recurrence;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.StateTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the models of a document's steps and compiles what feeds them and what they answer. */
final class ModelSteps {
  private final ModelRepository repository;
  private final Columns columns;
  private final FeedCompiler feeds;
  private final Problems problems;
  private final Recurrences recurrences;
  private final Map<ModelStep, OnnxModel> models = new LinkedHashMap<>();

  ModelSteps(ModelRepository repository, Columns columns, FeedCompiler feeds, Problems problems, Recurrences recurrences) {
    this.repository = repository;
    this.columns = columns;
    this.feeds = feeds;
    this.problems = problems;
    this.recurrences = recurrences;
  }

  /** Opens a step's model and notes, in a scope of names alone, what its step reads and answers. */
  void open(ModelStep step, Scope sketch) {
    try {
      int rows = step.rows() == null ? 0 : step.rows().value();
      ModelOptions options = new ModelOptions(rows, step.deterministic(), step.nonfinite() == Nonfinite.ALLOW);
      models.put(step, OnnxModel.load(repository.read(step.model()), options));
    } catch (ProblemsException e) {
      problems.addAll(e.problems());
    }
    OnnxModel model = models.get(step);
    if (model != null) {
      model.inputs().stream().filter(input -> !Recurrences.isState(step, input)).forEach(input -> feeds.hint(input, mapped(step, input), sketch));
    }
    answers(step, model, sketch, (name, _) -> -1);
  }

  /** The models opened so far, in the order of the steps. */
  List<OnnxModel> models() {
    return List.copyOf(models.values());
  }

  /** What the models that were compiled leave for their keys' next rows. */
  List<StateTensor> tensors() {
    return recurrences.tensors();
  }

  /** Lets all models go. */
  void close() {
    models.values().forEach(OnnxModel::close);
  }

  /** What the user should know about how a step's model runs. */
  static Optional<String> note(String step, Batching batching) {
    if (batching.isRowByRow()) {
      return Optional.of("the model of step " + step + " runs row by row: " + batching.reason());
    }
    return batching.effect() == Batching.Effect.NONE ? Optional.empty() : Optional.of("the model of step " + step + ": " + batching.reason());
  }

  /** Notes about the models, in the order of the steps. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    models.forEach((step, model) -> note(step.name().value(), model.batching()).ifPresent(notes::add));
    return notes;
  }

  /** A step over columns, whose answers the scope then knows; empty after problems were reported. */
  Optional<Step> compile(ModelStep step, Scope scope) {
    OnnxModel model = models.get(step);
    List<Feed> fed = new ArrayList<>();
    boolean sound = model != null && recurrences.check(step, model);
    if (model != null) {
      checkInputNames(step, model);
      checkOutputNames(step, model);
      model.inputs().forEach(input -> feed(step, model, input, scope).ifPresent(fed::add));
    }
    Map<String, Integer> slots = answers(step, model, scope, (name, output) -> columns.add("out." + name, output.type(), output.shape(), output.labels()));
    if (model == null || !sound || fed.size() < model.inputs().size() || model.outputs().stream().anyMatch(output -> isShown(step, output) && !slots.containsKey(output.name()))) {
      return Optional.empty();
    }
    return Optional.of(step(step, model, fed, slots));
  }

  private static Step step(ModelStep step, OnnxModel model, List<Feed> fed, Map<String, Integer> slots) {
    int[] inputSlots = fed.stream().mapToInt(Feed::slot).toArray();
    int[] outputSlots = model.outputs().stream().mapToInt(output -> slots.getOrDefault(output.name(), -1)).toArray();
    List<Mapping> mappings = fed.stream().flatMap(feed -> feed.mappings().stream()).toList();
    List<Checked> checked = new ArrayList<>();
    for (int i = 0; i < fed.size(); i++) {
      InputSpec input = model.inputs().get(i);
      if (step.nonfinite() == Nonfinite.REJECT && input.type().isFloating() && !Recurrences.isState(step, input)) {
        checked.add(new Checked(fed.get(i).field(), fed.get(i).slot()));
      }
    }
    String name = step.name().value();
    Step run = step.state().isEmpty() ? model.step(name, inputSlots, outputSlots) : model.recurrentStep(name, inputSlots, outputSlots, Recurrences.feeding(step, model));
    return mappings.isEmpty() && checked.isEmpty() ? run : new MappedModelStep(name, mappings, checked, run);
  }

  private Optional<Feed> feed(ModelStep step, OnnxModel model, InputSpec input, Scope scope) {
    if (Recurrences.isState(step, input)) {
      return recurrences.feed(step, input, model);
    }
    ModelInput mapped = mapped(step, input);
    return mapped == null ? feeds.unmapped(step.name().value(), input, scope, step.where()) : feeds.mapped(step.name().value(), input, scope, mapped);
  }

  private static @Nullable ModelInput mapped(ModelStep step, InputSpec input) {
    return step.inputs().stream().filter(mapped -> mapped.name().value().equals(input.name())).findFirst().orElse(null);
  }

  private void checkInputNames(ModelStep step, OnnxModel model) {
    List<String> known = model.inputs().stream().map(InputSpec::name).toList();
    String takes = model.signature().inputs().stream().map(input -> input.name() + " " + input.shown()).collect(Collectors.joining(", "));
    Stream<Located<String>> named = Stream.concat(step.inputs().stream().map(ModelInput::name), step.state().stream().map(Recurrence::input));
    named.forEach(name -> unknown(name, known, "the model has no input", "it takes " + takes));
  }

  private void checkOutputNames(ModelStep step, OnnxModel model) {
    List<String> known = model.outputs().stream().map(OutputSpec::name).toList();
    String gives = model.signature().outputs().stream().map(output -> output.name() + " " + output.shown()).collect(Collectors.joining(", "));
    Stream<Located<String>> named = Stream.concat(step.outputs().stream().map(ModelOutput::output), step.state().stream().map(Recurrence::output));
    named.forEach(name -> unknown(name, known, "the model has no output", "it gives " + gives));
  }

  private void unknown(Located<String> name, List<String> known, String what, String all) {
    if (!known.contains(name.value())) {
      String hint = Nearest.to(name.value(), known).map(near -> "did you mean \"" + near + "\"? ").orElse("");
      problems.add(what + " \"" + name + "\"", name.where(), hint + all);
    }
  }

  /** Adds a column for an answer. */
  private interface AnswerColumn {
    int add(String name, OutputSpec output);
  }

  /** Makes a step's answers known to the scope; returns their slots by the names that the model has for them. */
  private Map<String, Integer> answers(ModelStep step, @Nullable OnnxModel model, Scope scope, AnswerColumn column) {
    Map<String, Integer> slots = new LinkedHashMap<>();
    if (model == null) {
      step.outputs().forEach(output -> scope.breakAnswer(output.name().value(), output.name().where()));
      scope.breakUnknownAnswers();
      return slots;
    }
    for (OutputSpec output : model.outputs()) {
      if (!isShown(step, output)) {
        continue;
      }
      Located<String> name = name(step, output);
      if (scope.isTaken(name.value())) {
        problems.add(
            "\"" + name + "\" is answered twice, first " + scope.placeOf(name.value()), name.where(), "give output \"" + output.name() + "\" another name under outputs");
      } else {
        int slot = column.add(name.value(), output);
        slots.put(output.name(), slot);
        scope.answer(name.value(), slot, name.where());
      }
    }
    return slots;
  }

  /** What only feeds an input is not shown, unless it is given a name. */
  private static boolean isShown(ModelStep step, OutputSpec output) {
    return step.state().stream().noneMatch(entry -> entry.output().value().equals(output.name()))
        || step.outputs().stream().anyMatch(renamed -> renamed.output().value().equals(output.name()));
  }

  private static Located<String> name(ModelStep step, OutputSpec output) {
    return step.outputs().stream()
        .filter(renamed -> renamed.output().value().equals(output.name()))
        .map(ModelOutput::name)
        .findFirst()
        .orElse(new Located<>(output.name(), step.where()));
  }
}
