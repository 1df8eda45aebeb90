package io.yapok.model.internal.compile;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Step;
import io.yapok.model.internal.onnx.OnnxModel;
import io.yapok.model.internal.repository.ModelRepository;
import io.yapok.model.internal.repository.Sha256;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.StateSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one document, in two passes: the first opens the models and sees what they take fields as, so that an expression may read a field that only a later
 * model types; the second compiles step after step over columns. Used once.
 */
public final class StepsCompiler {
  private static final int VERSION_DIGITS = 16;

  private final PipelineDocument document;
  private final Problems problems = new Problems();
  private final Columns columns = new Columns();
  private final Scope scope = new Scope(columns);
  private final Vocabularies vocabularies;
  private final Joins joins;
  private final ModelSteps models;
  private final Formulas formulas = new Formulas(columns, problems);
  private final Rankings rankings = new Rankings(columns, problems);
  private final List<Named> outputs = new ArrayList<>();

  /** A compiler of one document, whose files stand in a directory. */
  public StepsCompiler(PipelineDocument document, Path directory) {
    this.document = document;
    this.joins = new Joins(document.tables(), columns, problems);
    this.vocabularies = new Vocabularies(directory, problems);
    Recurrences recurrences = new Recurrences(columns, problems, document.state().sequenceNumbers());
    this.models = new ModelSteps(new ModelRepository(directory), columns, new FeedCompiler(columns, vocabularies, problems), problems, recurrences);
  }

  /**
   * The compiled steps, which the caller closes.
   *
   * @throws io.yapok.schemas.ProblemsException with everything that is wrong; then no model stays open
   */
  public CompiledSteps compile() {
    boolean compiled = false;
    try {
      document.source().fields().forEach(scope::declare);
      joins.declare(scope);
      openModels();
      StateSpec state = new StateCompiler(document.state(), columns, scope, problems).compile();
      List<JoinedTable> tables = joins.compile(scope);
      List<Step> steps = steps();
      Located<String> condition = document.sink().only();
      CompiledSteps.SinkCondition only = condition == null ? null : formulas.only(condition, scope);
      problems.throwIfAny();
      new TensorEnds(document, columns.layout(), problems).check(columns.fields(), outputs(), rankings.rankings());
      problems.throwIfAny();
      CompiledSteps result = assemble(state.with(models.tensors()), tables, steps, only);
      compiled = true;
      return result;
    } finally {
      if (!compiled) {
        models.close();
      }
    }
  }

  private void openModels() {
    // the sketch has the names that each step sees and no columns
    Scope sketch = new Scope(new Columns());
    document.source().fields().forEach(sketch::declare);
    StateCompiler.sketch(document.state(), sketch);
    joins.sketch(sketch);
    for (PipelineStep step : document.steps()) {
      switch (step) {
        case PipelineStep.ModelStep model -> models.open(model, sketch);
        case PipelineStep.TransformStep transform ->
            transform.results().stream()
                .filter(formula -> !sketch.isTaken(formula.name().value()))
                .forEach(formula -> sketch.answer(formula.name().value(), -1, formula.name().where()));
        case PipelineStep.ValidateStep _, PipelineStep.RankStep _ -> {}
      }
    }
    scope.feedAs(sketch);
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (PipelineStep step : document.steps()) {
      Optional<Step> compiled =
          switch (step) {
            case PipelineStep.ModelStep model -> models.compile(model, scope);
            case PipelineStep.TransformStep transform -> Optional.of(formulas.transform(transform, scope));
            case PipelineStep.ValidateStep validate -> Optional.of(formulas.validate(validate, scope));
            case PipelineStep.RankStep rank -> rankings.compile(rank, scope);
          };
      compiled.ifPresent(steps::add);
    }
    scope.answers().forEach((name, slot) -> outputs.add(new Named(name, slot)));
    return steps;
  }

  private CompiledSteps assemble(StateSpec state, List<JoinedTable> tables, List<Step> steps, CompiledSteps.@Nullable SinkCondition only) {
    Layout layout = columns.layout();
    String version = version();
    Located<String> rows = document.source().rows();
    return new CompiledSteps(
        document,
        version,
        layout,
        new SourceSchema(layout, columns.fields(), rows == null ? null : rows.value()),
        state,
        tables,
        steps,
        only,
        result(layout, version),
        models.notes(),
        List.copyOf(models.models()));
  }

  private ResultSchema result(Layout layout, String version) {
    List<ModelVersion> versions = models.models().stream().map(OnnxModel::version).distinct().toList();
    return new ResultSchema(
        layout,
        document.name().value(),
        version,
        versions,
        outputs(),
        formulas.rules(),
        rankings.rankings(),
        document.source().rows() != null,
        document.include().stream().map(Located::value).toList(),
        document.exclude().stream().map(Located::value).toList(),
        shownFields());
  }

  /** With a ranking, a record's result shows the rows that it kept, and not hundreds of answers of rows that it did not. */
  private List<Named> outputs() {
    return rankings.rankings().isEmpty() ? outputs : List.of();
  }

  /** Of records that are no text, each field once, however many types it is read as. */
  private List<Named> shownFields() {
    if (document.source().format() != PipelineDocument.Format.TENSOR && document.source().format() != PipelineDocument.Format.OIP) {
      return List.of();
    }
    Map<String, Named> shown = new LinkedHashMap<>();
    columns.fields().forEach(field -> shown.putIfAbsent(field.path(), new Named(field.path(), field.slot())));
    return List.copyOf(shown.values());
  }

  /** A hash of all that decides what is answered: the document, its models and its vocabularies. */
  private String version() {
    StringBuilder content = new StringBuilder(Sha256.of(document.canonicalBytes())).append('\n');
    models.models().forEach(model -> content.append(model.version().sha256()).append('\n'));
    for (Map.Entry<String, String> file : vocabularies.hashes().entrySet()) {
      content.append(file.getValue()).append('\n');
    }
    return Sha256.of(content.toString().getBytes(StandardCharsets.UTF_8)).substring(0, VERSION_DIGITS);
  }
}
