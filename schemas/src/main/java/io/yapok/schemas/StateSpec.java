package io.yapok.schemas;

import io.yapok.schemas.PipelineState.Late;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline remembers, compiled: which columns are read and which are filled. Rows of one record all get the record's values.
 *
 * @param features in the order of the document
 * @param sequences likewise
 * @param tensors what recurrent models leave for their keys' next rows, in the order of the steps
 * @param dedupe how duplicates are known; null where there are none
 * @param ttlMillis after so long without a record a key starts anew; 0 for never
 */
public record StateSpec(
    List<FeatureColumn> features, List<SequenceColumn> sequences, List<StateTensor> tensors, @Nullable DedupeColumn dedupe, Late late, long ttlMillis) {
  /** For pipelines that remember nothing. */
  public static final StateSpec NONE = new StateSpec(List.of(), List.of(), null, Late.OWN_WINDOW, 0);

  /** {@link FeatureColumn#from} of a feature that reads no column. */
  public static final int NO_COLUMN = -1;

  public StateSpec {
    features = List.copyOf(features);
    sequences = List.copyOf(sequences);
    tensors = List.copyOf(tensors);
  }

  /** Without recurrent models. */
  public StateSpec(List<FeatureColumn> features, List<SequenceColumn> sequences, @Nullable DedupeColumn dedupe, Late late, long ttlMillis) {
    this(features, sequences, List.of(), dedupe, late, ttlMillis);
  }

  /** The same and what recurrent models leave. */
  public StateSpec with(List<StateTensor> more) {
    return new StateSpec(features, sequences, more, dedupe, late, ttlMillis);
  }

  /** Whether nothing is remembered, so that no store is needed. */
  public boolean isEmpty() {
    return features.isEmpty() && sequences.isEmpty() && tensors.isEmpty() && dedupe == null;
  }

  /**
   * A feature.
   *
   * @param from slot of the scalar column that is aggregated, or {@link #NO_COLUMN}
   * @param slot that it is shown in, of {@link PipelineState.Feature#type} and {@link PipelineState.Feature#shape}
   */
  public record FeatureColumn(PipelineState.Feature feature, int from, int slot) {}

  /**
   * A sequence.
   *
   * @param from slots of the scalar columns of its fields
   * @param slot that it is shown in, float32 of {@link PipelineState.Sequence#shape}
   */
  public record SequenceColumn(PipelineState.Sequence sequence, List<Integer> from, int slot) {
    public SequenceColumn {
      from = List.copyOf(from);
    }
  }

  /**
   * How duplicates are known.
   *
   * @param from slot of the scalar column whose values are compared, or {@link #NO_COLUMN} for whole records
   */
  public record DedupeColumn(PipelineState.Dedupe dedupe, int from) {}
}
