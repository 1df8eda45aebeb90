package io.yapok.model;

import io.yapok.model.ModelReport.Row;
import io.yapok.model.ModelSignature.Dim;
import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.model.internal.onnx.ModelOptions;
import io.yapok.model.internal.onnx.OnnxModel;
import io.yapok.model.internal.onnx.OutputSpec;
import io.yapok.model.internal.repository.ModelRepository;
import java.nio.file.Path;
import java.util.List;

/** Looks into a model file the way a pipeline would: the same checks, the same probe. */
public final class ModelInspector {
  private ModelInspector() {}

  /**
   * What a model takes and gives, and how rows batch. Loads and probes the model, a second or two for a large one; nothing stays open.
   *
   * @throws io.yapok.schemas.ProblemsException with everything why a pipeline could not use the model
   */
  public static ModelReport inspect(Path file) {
    ModelFile read = ModelRepository.read(file);
    try (OnnxModel model = OnnxModel.load(read, ModelOptions.DEFAULT)) {
      return new ModelReport(
          read.version(),
          read.bytes().length,
          model.signature(),
          model.inputs().stream().map(input -> new Row(input.name(), input.type(), input.shape(), List.of())).toList(),
          model.outputs().stream().map(ModelInspector::row).toList(),
          model.batching().rowsPerRun(),
          model.batching().reason(),
          possibleRows(model));
    }
  }

  private static Row row(OutputSpec output) {
    return new Row(output.name(), output.type(), output.shape(), output.labels());
  }

  private static int possibleRows(OnnxModel model) {
    if (model.inputs().stream().anyMatch(InputSpec::hasRowDimension)) {
      return 0;
    }
    List<Dim> first = model.signature().inputs().stream().map(input -> input.dims().getFirst()).distinct().toList();
    return first.size() == 1 && first.getFirst().size() <= Integer.MAX_VALUE ? (int) first.getFirst().size() : 0;
  }
}
