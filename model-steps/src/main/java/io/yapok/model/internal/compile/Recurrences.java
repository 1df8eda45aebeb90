package io.yapok.model.internal.compile;

import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.model.internal.onnx.OnnxModel;
import io.yapok.model.internal.onnx.OutputSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Recurrence;
import io.yapok.schemas.StateTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what recurrent models feed back to themselves and gives each such tensor a column, with a row a lane. */
final class Recurrences {
  private final Columns columns;
  private final Problems problems;
  private final List<StateTensor> tensors = new ArrayList<>();

  /** What is remembered of a key so far, of {@link PipelineState#MAX_NUMBERS}. */
  private long numbers;

  /** With as many numbers remembered already in sequences. */
  Recurrences(Columns columns, Problems problems, long sequenceNumbers) {
    this.columns = columns;
    this.problems = problems;
    this.numbers = sequenceNumbers;
  }

  /** Whether the step feeds an input with what the model answered before. */
  static boolean isState(ModelStep step, InputSpec input) {
    return entry(step, input) != null;
  }

  /** For each input of the model the output that feeds it; -1 for one that is no state. */
  static int[] feeding(ModelStep step, OnnxModel model) {
    List<String> outputs = model.outputs().stream().map(OutputSpec::name).toList();
    return model.inputs().stream()
        .map(input -> entry(step, input))
        .mapToInt(entry -> entry == null ? -1 : outputs.indexOf(entry.output().value()))
        .toArray();
  }

  /** What the pipeline remembers per key for its models, in the order of the steps. */
  List<StateTensor> tensors() {
    return List.copyOf(tensors);
  }

  /** Whether rows of the model can share runs in any order; reports each input and output that keeps them from it. */
  boolean check(ModelStep step, OnnxModel model) {
    int before = problems.count();
    if (!step.state().isEmpty()) {
      model.inputs().stream().filter(input -> !isState(step, input)).forEach(input -> checkOther(step, input));
      model.outputs().forEach(output -> checkOutput(step, output));
    }
    return problems.count() == before;
  }

  private void checkOther(ModelStep step, InputSpec input) {
    if (!input.shape().isFixed() || input.type().isPooled()) {
      String what = "input \"" + input.name() + "\" takes " + input.type().label() + " of shape " + input.shape();
      problems.add(what + " a row, and a model with state takes numbers of fixed shapes", step.model().where(), "export the model with sizes for all dimensions but the first");
    }
  }

  private void checkOutput(ModelStep step, OutputSpec output) {
    if (!output.isPinned()) {
      String what = "output \"" + output.name() + "\" gives " + (output.form().isTensor() ? output.type().label() + " of shape " + output.shape() : "no tensor");
      problems.add(
          what + " a row, and a model with state gives numbers of fixed shapes",
          step.model().where(),
          "export the model with sizes for all dimensions but the first, or leave that output out of its graph");
    }
  }

  /** The column of the tensors that feed a state input; empty after problems were reported. */
  Optional<Feed> feed(ModelStep step, InputSpec input, OnnxModel model) {
    Recurrence entry = entry(step, input);
    OutputSpec output = entry == null ? null : model.outputs().stream().filter(other -> other.name().equals(entry.output().value())).findFirst().orElse(null);
    if (entry == null || output == null || !fits(input, output, entry)) {
      return Optional.empty(); // an output that is not there has been reported
    }
    String name = storedName(step.name().value() + "_" + input.name());
    if (tensors.stream().anyMatch(other -> other.name().equals(name))) {
      problems.add("the state of two inputs would be kept under one name, \"" + name + "\"", entry.input().where(), "give one of the steps another name");
      return Optional.empty();
    }
    numbers += input.shape().elements();
    if (numbers > PipelineState.MAX_NUMBERS) {
      problems.add(
          "with input \"" + input.name() + "\" " + numbers + " numbers are remembered of a key",
          entry.input().where(),
          "take a model with a smaller state: at most " + PipelineState.MAX_NUMBERS + " numbers in all sequences and models' tensors");
      return Optional.empty();
    }
    int slot = columns.add(step.name() + ":" + input.name(), input.type(), input.shape());
    tensors.add(new StateTensor(name, slot, input.shape(), model.version().sha256()));
    return Optional.of(new Feed(slot, List.of(), "state." + input.name()));
  }

  private boolean fits(InputSpec input, OutputSpec output, Recurrence entry) {
    Located<String> asked = entry.input();
    if (input.type() != ElementType.FLOAT32) {
      problems.add("input \"" + asked + "\" is " + input.type().label() + ", and state is kept as float32", asked.where(), "export the model with a state of float32");
    } else if (!input.shape().isFixed()) {
      problems.add(
          "input \"" + asked + "\" has a row of shape " + input.shape() + ", and state has one shape for all rows",
          asked.where(),
          "export the model with rows as the input's first dimension and sizes for all others; where layers come first, transpose around them");
    } else if (output.type() != input.type() || !output.shape().equals(input.shape())) {
      String gives = output.type().label() + " of shape " + output.shape();
      problems.add(
          "output \"" + output.name() + "\" gives " + gives + " a row, and input \"" + asked + "\" takes " + input.type().label() + " of shape " + input.shape(),
          entry.output().where(),
          "name the output that is the input's next value");
    } else {
      return true;
    }
    return false;
  }

  /** Only what a name in Avro may have. */
  private static String storedName(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static @Nullable Recurrence entry(ModelStep step, InputSpec input) {
    return step.state().stream().filter(entry -> entry.input().value().equals(input.name())).findFirst().orElse(null);
  }
}
