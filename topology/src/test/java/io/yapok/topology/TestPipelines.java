package io.yapok.topology;

import io.yapok.model.BoundStep;
import io.yapok.model.CompiledSteps;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.StateSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Pipelines whose one step is written here, so that what is tested is the engine: {@code y} is twice the field {@code x}, and -1 is rejected by the step. */
public final class TestPipelines {
  public static final String DOUBLING =
      """
      name: doubling
      source: {topic: in, format: json}
      steps:
        - transform: {y: x * 2.0}
          name: twice
      sink: {topic: out, format: json}
      rejects: {topic: bad}
      """;

  private static final String VERSION = "0123456789abcdef";

  private TestPipelines() {}

  public static Pipeline doubling() {
    return doubling(DOUBLING);
  }

  public static Pipeline doubling(String yaml) {
    return new Pipeline(steps(yaml, 2));
  }

  /** The same, but each batch takes at least so long. */
  public static Pipeline slow(String yaml, Duration batchTime) {
    return new Pipeline(steps(yaml, 2, batchTime));
  }

  /** The document with other topics. */
  public static String yaml(String source, String sink, String rejects) {
    return DOUBLING.replace("{topic: in,", "{topic: " + source + ",").replace("{topic: out,", "{topic: " + sink + ",").replace("{topic: bad}", "{topic: " + rejects + "}");
  }

  /** So many records, the first with x = 0. */
  public static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{\"x\":" + i + "}").toList();
  }

  /** The document with its one step computing {@code x * factor}. */
  public static CompiledSteps steps(String yaml, double factor) {
    return steps(yaml, factor, Duration.ZERO);
  }

  /** The steps of a version that says so in its results, {@code 0...0N}, and computes {@code x * N} with this model. */
  public static CompiledSteps version(String yaml, int number, TestModel model) {
    return steps(yaml, "%016d".formatted(number), new Times(number, Duration.ZERO, model));
  }

  /** A pipeline whose model says how long it takes for a row, and does take so long for each. */
  public static Pipeline slowModel(String yaml, Duration rowTime) {
    return new Pipeline(steps(yaml, VERSION, new Times(2, Duration.ZERO, new TestModel(rowTime))));
  }

  private static CompiledSteps steps(String yaml, double factor, Duration batchTime) {
    return steps(yaml, VERSION, new Times(factor, batchTime, null));
  }

  private static CompiledSteps steps(String yaml, String version, Times step) {
    PipelineDocument document = PipelineDocument.parse(yaml, "doubling.yaml");
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(new ColumnSpec("input.x", ElementType.FLOAT64, RowShape.SCALAR));
    columns.add(new ColumnSpec("out.y", ElementType.FLOAT64, RowShape.SCALAR));
    List<StateSpec.FeatureColumn> state = new ArrayList<>();
    List<ResultSchema.Named> outputs = new ArrayList<>(List.of(new ResultSchema.Named("y", 1)));
    for (var feature : document.state().features()) {
      state.add(new StateSpec.FeatureColumn(feature, feature.of() == null ? StateSpec.NO_COLUMN : 0, columns.size()));
      outputs.add(new ResultSchema.Named(feature.name().value(), columns.size()));
      columns.add(new ColumnSpec("state." + feature.name().value(), feature.type(), feature.shape()));
    }
    Layout layout = new Layout(columns);
    SourceSchema source = new SourceSchema(layout, List.of(new SourceField("x", 0, null)), null);
    ResultSchema result =
        new ResultSchema(layout, document.name().value(), version, List.of(), outputs, List.of(), List.of(), false, List.of(), List.of());
    return new CompiledSteps(document, version, layout, source, new StateSpec(state, List.of(), null, document.state().late(), 0), List.of(), List.of(step), null, result, List.of(), step.model() == null ? List.of() : List.of(step.model()));
  }

  private record Times(double factor, Duration batchTime, TestModel model) implements Step {
    @Override
    public String name() {
      return "twice";
    }

    @Override
    public BoundStep bind(Batch batch) {
      if (model != null) {
        model.bind();
      }
      return new BoundStep() {
        @Override
        public void run() {
          if (model != null) {
            model.run(batch.rows());
          }
          if (batchTime.isPositive()) {
            LockSupport.parkNanos(batchTime.toNanos());
          }
          batch.column(1).reserveRows(batch.rows());
          for (int record = 0; record < batch.records(); record++) {
            for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
              double x = batch.column(0).doubles().get(row);
              batch.column(1).doubles().put(row, x * factor);
              if (x == -1) {
                batch.reject(record, new Reject(RejectReason.EXPRESSION_FAILED, "twice", "x", "-1 is refused"));
              }
              if (x == -99) {
                throw new IllegalStateException("the step is broken");
              }
            }
          }
        }

        @Override
        public void close() {
          if (model != null) {
            model.unbind();
          }
        }
      };
    }
  }
}
