package io.yapok.state;

import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.StateSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A document's state compiled over columns of its own: {@code x} and {@code y} are float64, {@code shop} is text, each feature and sequence has the next column.
 *
 * @param names of what is remembered, from the fourth column on
 */
record Features(Layout layout, StateSpec spec, List<String> names) {
  static final int X = 0;
  static final int Y = 1;
  static final int SHOP = 2;

  private static final List<String> FIELDS = List.of("x", "y", "shop");

  /** What stands under {@code state}, in YAML's flow style. */
  static Features of(String state) {
    String yaml = "{name: p, source: {topic: in}, state: %s, steps: [{transform: {one: 1}}], sink: {topic: out}, rejects: fail}".formatted(state);
    PipelineState read = PipelineDocument.parse(yaml, "p.yaml").state();
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(new ColumnSpec("x", ElementType.FLOAT64, RowShape.SCALAR));
    columns.add(new ColumnSpec("y", ElementType.FLOAT64, RowShape.SCALAR));
    columns.add(new ColumnSpec("shop", ElementType.TEXT, RowShape.SCALAR));
    List<String> names = new ArrayList<>();
    List<StateSpec.FeatureColumn> features = new ArrayList<>();
    for (PipelineState.Feature feature : read.features()) {
      int from = feature.of() == null ? StateSpec.NO_COLUMN : FIELDS.indexOf(feature.of().value());
      features.add(new StateSpec.FeatureColumn(feature, from, columns.size()));
      columns.add(new ColumnSpec(feature.name().value(), feature.type(), feature.shape()));
      names.add(feature.name().value());
    }
    List<StateSpec.SequenceColumn> sequences = new ArrayList<>();
    for (PipelineState.Sequence sequence : read.sequences()) {
      List<Integer> from = sequence.of().stream().map(field -> FIELDS.indexOf(field.value())).toList();
      sequences.add(new StateSpec.SequenceColumn(sequence, from, columns.size()));
      columns.add(new ColumnSpec(sequence.name().value(), ElementType.FLOAT32, sequence.shape()));
      names.add(sequence.name().value());
    }
    PipelineState.Dedupe dedupe = read.dedupe();
    StateSpec.DedupeColumn known =
        dedupe == null ? null : new StateSpec.DedupeColumn(dedupe, dedupe.by() == null ? StateSpec.NO_COLUMN : FIELDS.indexOf(dedupe.by().value()));
    return new Features(new Layout(columns), new StateSpec(features, sequences, known, read.late(), read.ttl() == null ? 0 : read.ttl().toMillis()), names);
  }
}
