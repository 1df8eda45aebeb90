package io.yapok.model.internal.onnx;

import io.yapok.model.ModelSignature.Dim;
import io.yapok.model.ModelSignature.Kind;
import io.yapok.model.ModelSignature.Value;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Problem;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decides what one row of each output is, from what the graph declares and what the probe saw. */
final class OutputPlanner {
  private final Probe.Finding finding;
  private final boolean rowDimensions;
  private final Where where;
  private final List<Problem> problems;

  /**
   * A planner.
   *
   * @param rowDimensions whether the model's inputs have a row dimension; if not, its outputs are taken whole
   */
  OutputPlanner(Probe.Finding finding, boolean rowDimensions, Where where, List<Problem> problems) {
    this.finding = finding;
    this.rowDimensions = rowDimensions;
    this.where = where;
    this.problems = problems;
  }

  /** What each output gives for one row; for one that results cannot show there is a problem. */
  List<OutputSpec> plan(List<Value> outputs) {
    List<OutputSpec> specs = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Value output = outputs.get(i);
      if (finding.alone().isEmpty()) {
        declared(output, specs);
      } else {
        seen(output, finding.alone().get(i), rowDimensions && finding.followsRows().get(i), specs);
      }
    }
    return specs;
  }

  private void seen(Value output, Answer answer, boolean followsRows, List<OutputSpec> specs) {
    switch (answer.form()) {
      case MAP_SEQUENCE, MAPS_WHOLE -> specs.add(followsRows ? map(output, answer, OutputSpec.Form.MAP_SEQUENCE) : maps(output, answer));
      case MAP -> specs.add(map(output, answer, OutputSpec.Form.MAP));
      case TENSOR_SEQUENCE -> specs.add(new OutputSpec(output.name(), type(answer), dynamic(answer.dims().length), List.of(), OutputSpec.Form.TENSOR_SEQUENCE));
      case ROWS, WHOLE -> {
        OutputSpec.Form form = followsRows ? OutputSpec.Form.ROWS : OutputSpec.Form.WHOLE;
        specs.add(new OutputSpec(output.name(), type(answer), rowShape(output, answer.dims(), followsRows ? 1 : 0), List.of(), form));
      }
    }
  }

  private static ElementType type(Answer answer) {
    ElementType type = answer.type() == null ? null : TensorTypes.of(answer.type());
    if (type == null) {
      throw new IllegalStateException("the probe let an output of type " + answer.type() + " pass");
    }
    return type;
  }

  private static OutputSpec map(Value output, Answer answer, OutputSpec.Form form) {
    return new OutputSpec(output.name(), ElementType.FLOAT32, RowShape.of(answer.labels().size()), answer.labels(), form);
  }

  private static OutputSpec maps(Value output, Answer answer) {
    int maps = Math.toIntExact(answer.dims()[0]);
    if (maps == 1) {
      return map(output, answer, OutputSpec.Form.MAPS_WHOLE);
    }
    return new OutputSpec(output.name(), ElementType.FLOAT32, RowShape.of(maps, answer.labels().size()), List.of(), OutputSpec.Form.MAPS_WHOLE);
  }

  /** Sizes that the graph declares are fixed; those that it leaves open may differ from row to row, whatever one run showed. */
  private static RowShape rowShape(Value output, long[] seen, int leading) {
    List<Dim> declared = output.dims();
    int[] dims = new int[seen.length - leading];
    for (int axis = 0; axis < dims.length; axis++) {
      boolean fixed = declared.size() == seen.length && !declared.get(axis + leading).isSymbolic();
      dims[axis] = fixed ? Math.toIntExact(seen[axis + leading]) : RowShape.DYNAMIC;
    }
    return RowShape.of(dims);
  }

  private static RowShape dynamic(int rank) {
    int[] dims = new int[rank];
    Arrays.fill(dims, RowShape.DYNAMIC);
    return RowShape.of(dims);
  }

  /** An output of a model that the probe could not run: only the graph's word for it. */
  private void declared(Value output, List<OutputSpec> specs) {
    ElementType type = output.type();
    if (output.kind() != Kind.TENSOR || type == null) {
      problems.add(
          new Problem(
              "output \"" + output.name() + "\" is a " + output.shown() + " of a model that " + finding.reason(), where, "leave the output out of the model's graph"));
      return;
    }
    boolean rows = rowDimensions && !output.dims().isEmpty() && (output.dims().getFirst().isSymbolic() || output.dims().getFirst().size() == 1);
    List<Dim> rowDims = rows ? output.dims().subList(1, output.dims().size()) : output.dims();
    int[] dims = rowDims.stream().mapToInt(dim -> dim.isSymbolic() ? RowShape.DYNAMIC : Math.toIntExact(dim.size())).toArray();
    specs.add(new OutputSpec(output.name(), type, RowShape.of(dims), List.of(), rows ? OutputSpec.Form.ROWS : OutputSpec.Form.WHOLE));
  }
}
