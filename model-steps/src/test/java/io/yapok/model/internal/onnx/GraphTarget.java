package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.internal.onnx.GraphReader.NotOnnxException;
import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.fuzz.Bounds;
import io.yapok.schemas.fuzz.FuzzTarget;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Model files as they are looked into before native code sees them. */
final class GraphTarget implements FuzzTarget {
  @Override
  public String name() {
    return "graph";
  }

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            SampleModels.logisticRegression(2, 1), SampleModels.identity(ElementType.FLOAT, 2), SampleModels.wordPlace("a", "b"), SampleModels.zipMapClassifier(), AwkwardModels.externalData("weights.bin"), AwkwardModels.unknownOperator(1), AwkwardModels.loop())
        .map(OnnxModel::toBytes)
        .toList();
  }

  @Override
  public void read(byte[] input) {
    GraphFacts facts = Bounds.within(() -> facts(input));
    if (facts != null) {
      assertThat(facts.opsets()).as("operator sets of a model").isNotEmpty();
      facts.mayTakeSizesFromValues();
    }
  }

  private static @Nullable GraphFacts facts(byte[] file) {
    try {
      return GraphReader.read(file);
    } catch (NotOnnxException e) {
      assertThat(e.getMessage()).isNotBlank();
      return null;
    }
  }
}
