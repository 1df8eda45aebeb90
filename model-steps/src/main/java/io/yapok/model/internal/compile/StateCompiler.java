package io.yapok.model.internal.compile;

import io.yapok.model.internal.expression.NameResolver.Found;
import io.yapok.model.internal.expression.NameResolver.Resolution;
import io.yapok.model.internal.expression.NameResolver.Undecided;
import io.yapok.model.internal.expression.NameResolver.Unknown;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Sequence;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.StateSpec;
import io.yapok.schemas.StateSpec.DedupeColumn;
import io.yapok.schemas.StateSpec.FeatureColumn;
import io.yapok.schemas.StateSpec.SequenceColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives what is remembered its columns, and finds those of the fields that it is made of. */
final class StateCompiler {
  private static final String INPUT = "input.";

  private final PipelineState state;
  private final Columns columns;
  private final Scope scope;
  private final Problems problems;

  StateCompiler(PipelineState state, Columns columns, Scope scope, Problems problems) {
    this.state = state;
    this.columns = columns;
    this.scope = scope;
    this.problems = problems;
  }

  /** Makes the names known to a scope that has no columns. */
  static void sketch(PipelineState state, Scope scope) {
    state.features().forEach(feature -> scope.remember(feature.name().value(), -1));
    state.sequences().forEach(sequence -> scope.remember(sequence.name().value(), -1));
  }

  /** Columns and names; called when it is known what models take fields as. */
  StateSpec compile() {
    List<FeatureColumn> features = new ArrayList<>();
    for (Feature feature : state.features()) {
      features.add(new FeatureColumn(feature, from(feature), column(feature.name().value(), feature.type(), feature.shape())));
    }
    List<SequenceColumn> sequences = new ArrayList<>();
    for (Sequence sequence : state.sequences()) {
      List<Integer> from = sequence.of().stream().map(field -> field(field, false)).toList();
      sequences.add(new SequenceColumn(sequence, from, column(sequence.name().value(), ElementType.FLOAT32, sequence.shape())));
    }
    return new StateSpec(features, sequences, dedupe(), state.late(), state.ttl() == null ? 0 : state.ttl().toMillis());
  }

  private @Nullable DedupeColumn dedupe() {
    PipelineState.Dedupe dedupe = state.dedupe();
    if (dedupe == null) {
      return null;
    }
    return new DedupeColumn(dedupe, dedupe.by() == null ? StateSpec.NO_COLUMN : field(dedupe.by(), true));
  }

  private int column(String name, ElementType type, RowShape shape) {
    int slot = columns.add("state." + name, type, shape);
    scope.remember(name, slot);
    return slot;
  }

  private int from(Feature feature) {
    return feature.of() == null ? StateSpec.NO_COLUMN : field(feature.of(), feature.aggregate().takesText());
  }

  /** The column of a field, as it is declared, as a model takes it, or else as a number; where text is possible, as text. */
  private int field(Located<String> path, boolean takesText) {
    Resolution resolution = scope.resolve(INPUT + path.value());
    return switch (resolution) {
      case Found found -> checked(path, found, takesText);
      case Undecided _ -> scope.decide(INPUT + path.value(), takesText ? ElementType.TEXT : ElementType.FLOAT64, RowShape.SCALAR).slot();
      case Unknown(String what, String whatToDo) -> {
        problems.add(what, path.where(), whatToDo);
        yield StateSpec.NO_COLUMN;
      }
    };
  }

  private int checked(Located<String> path, Found found, boolean takesText) {
    boolean isText = found.type() == ElementType.TEXT;
    boolean fits = isText ? takesText : !found.type().isPooled();
    if (!fits || !found.shape().equals(RowShape.SCALAR)) {
      String wanted = takesText ? "a number or a text" : "a number";
      problems.add("\"" + path + "\" is " + found.type().label() + found.shape() + ", not " + wanted, path.where(), "name a scalar field, or declare it so under source.fields");
    }
    return found.slot();
  }
}
