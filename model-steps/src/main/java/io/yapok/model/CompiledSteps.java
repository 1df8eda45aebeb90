package io.yapok.model;

import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.StateSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline's steps, ready to run: one immutable value that a stream thread takes once per batch, so that all rows of a batch meet the same models and rules.
 *
 * @param document what was compiled
 * @param version the content hash of the document and its models: 16 hexadecimal digits
 * @param layout the columns of batches
 * @param source what a decoder fills
 * @param state what is remembered, recalled into columns before the steps
 * @param tables what rows are joined with before the steps; empty without tables
 * @param steps in order
 * @param only which results are sent; null where all are
 * @param result what an encoder writes; {@link ResultSchema#models} says which models answer
 * @param notes what the user should know and need not mend, such as a model that runs row by row; a line each
 * @param models this value's references to model sessions, given back by {@link #close}
 */
public record CompiledSteps(
    PipelineDocument document,
    String version,
    Layout layout,
    SourceSchema source,
    StateSpec state,
    List<JoinedTable> tables,
    List<Step> steps,
    @Nullable SinkCondition only,
    ResultSchema result,
    List<String> notes,
    List<ModelReference> models)
    implements AutoCloseable {

  public CompiledSteps {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
    models = List.copyOf(models);
  }

  /**
   * The sink's {@code only}.
   *
   * @param step fills the column, after all other steps; a row for which there is no truth rejects its record
   * @param slot of a column of truth values; a record's result is sent if one of its rows has true
   */
  public record SinkCondition(Step step, int slot) {}

  /** A reference to a model's session; closing it twice gives it back once. */
  public interface ModelReference extends AutoCloseable {
    ModelVersion version();

    /** How long the model takes for one row alone, in nanoseconds, as measured when it was loaded; 0 where it could not be. */
    long nanosPerRow();

    @Override
    void close();
  }

  /** How long the models take for one row alone, all together, in nanoseconds: an upper bound for the models' part of a row's time in a batch. */
  public long nanosPerRow() {
    return models.stream().mapToLong(ModelReference::nanosPerRow).sum();
  }

  /**
   * Gives back the references to model sessions. A session ends when the last {@link BoundStep} that runs it is closed too, so threads may finish their batch.
   */
  @Override
  public void close() {
    models.forEach(ModelReference::close);
  }
}
