package io.yapok.model.internal.compile;

import io.yapok.model.Step;
import io.yapok.model.internal.expression.NameResolver;
import io.yapok.model.internal.kernel.RankStep;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema.Ranking;
import io.yapok.schemas.RowShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles rank steps. What is shown of a row is what the record says, as JSON, unless the document declares the field's type; so a price of 12.50 that a model took
 * as a float still comes back as 12.50.
 */
final class Rankings {
  /** The name in results of a ranking whose step has none. */
  static final String DEFAULT_NAME = "ranked";

  private final Columns columns;
  private final Problems problems;
  private final List<Ranking> rankings = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  Rankings(Columns columns, Problems problems) {
    this.columns = columns;
    this.problems = problems;
  }

  /** A ranking of each record's rows; empty after problems were reported. */
  Optional<Step> compile(PipelineStep.RankStep step, Scope scope) {
    int before = problems.count();
    Optional<Integer> by = by(step.by(), scope);
    List<Named> fields = fields(step, scope);
    if (by.isEmpty() || problems.count() > before) {
      return Optional.empty();
    }
    int order = columns.add(step.name().value() + ":order", ElementType.INT32, RowShape.SCALAR);
    rankings.add(new Ranking(name(step), order, fields));
    int keep = step.keep() == null ? Integer.MAX_VALUE : step.keep().value();
    return Optional.of(new RankStep(step.name().value(), by.get(), keep, step.descending(), order));
  }

  /** What results show, in the order of the steps. */
  List<Ranking> rankings() {
    return List.copyOf(rankings);
  }

  /** The step's name where the document gives one: the place of a name that it leaves out is the step's own. */
  private String name(PipelineStep.RankStep step) {
    boolean written = !step.name().where().equals(step.where());
    String name = written ? step.name().value() : DEFAULT_NAME;
    String unique = name;
    for (int number = 2; !names.add(unique); number++) {
      unique = name + "-" + number;
    }
    return unique;
  }

  private Optional<Integer> by(Located<String> by, Scope scope) {
    return switch (scope.resolve(by.value())) {
      case NameResolver.Found found -> number(by, found.slot());
      case NameResolver.Undecided _ -> Optional.of(scope.decide(by.value(), ElementType.FLOAT64, RowShape.SCALAR).slot());
      case NameResolver.Unknown(String what, String whatToDo) -> {
        if (!scope.takeMetBroken()) {
          problems.add(what, by.where(), whatToDo);
        }
        yield Optional.empty();
      }
    };
  }

  private Optional<Integer> number(Located<String> by, int slot) {
    ColumnSpec spec = columns.spec(slot);
    boolean number = (spec.type().isFloating() || spec.type().isInteger()) && spec.shape().isFixed() && spec.shape().elements() == 1;
    if (!number) {
      String is = spec.type().label() + (spec.shape().rank() == 0 ? "" : " of shape " + spec.shape());
      problems.add("\"" + by + "\" is " + is + ", and rows are ordered by one number each", by.where(), "compute a number from it in a transform before this step");
      return Optional.empty();
    }
    return Optional.of(slot);
  }

  private List<Named> fields(PipelineStep.RankStep step, Scope scope) {
    List<Named> shown = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (Located<String> field : step.fields()) {
      if (!keys.add(key(field.value()))) {
        problems.add("two fields are shown as \"" + key(field.value()) + "\"", field.where(), "leave one of them out");
      }
      slot(field, scope).ifPresent(slot -> shown.add(new Named(key(field.value()), slot)));
    }
    return shown;
  }

  private Optional<Integer> slot(Located<String> field, Scope scope) {
    return switch (scope.meaning(field.value())) {
      case Scope.Value(String _, int slot) -> Optional.of(slot);
      case Scope.Field(String path) -> {
        DeclaredField declared = scope.declaration(path);
        yield Optional.of(declared == null ? columns.field(path, ElementType.JSON, RowShape.SCALAR, null) : scope.declaredColumn(declared));
      }
      case Scope.Nothing(String what, String whatToDo) -> {
        problems.add(what, field.where(), whatToDo);
        yield Optional.empty();
      }
      case Scope.Broken _ -> Optional.empty();
    };
  }

  /** The name without the word that says where it comes from. */
  private static String key(String field) {
    for (String prefix : List.of("input.", "state.", "out.")) {
      if (field.startsWith(prefix)) {
        return field.substring(prefix.length());
      }
    }
    return field;
  }
}
