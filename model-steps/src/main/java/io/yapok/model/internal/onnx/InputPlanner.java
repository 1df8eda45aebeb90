package io.yapok.model.internal.onnx;

import io.yapok.model.ModelSignature.Dim;
import io.yapok.model.ModelSignature.Kind;
import io.yapok.model.ModelSignature.Value;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Problem;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.List;

/** Decides what one row is to each input of a model: dimension 0 is rows if it is symbolic, 1, or the number that the document says. */
final class InputPlanner {
  private final int declaredRows;
  private final Where where;
  private final List<Problem> problems;

  InputPlanner(int declaredRows, Where where, List<Problem> problems) {
    this.declaredRows = declaredRows;
    this.where = where;
    this.problems = problems;
  }

  /** The inputs that can be fed; for each other one there is a problem. */
  List<InputSpec> plan(List<Value> inputs) {
    List<InputSpec> specs = new ArrayList<>();
    for (Value input : inputs) {
      ElementType type = input.type();
      if (input.kind() != Kind.TENSOR) {
        refuse(input, "the Java runtime cannot feed one", "export the model with tensors as its inputs");
      } else if (type == null) {
        refuse(input, "the Java runtime cannot feed " + input.typeName(), "export the model with an input of int32, int64 or float");
      } else if (input.dims().isEmpty()) {
        refuse(input, "rank 0 leaves no dimension for rows", "export the model with a first dimension for rows");
      } else {
        spec(input, type, specs);
      }
    }
    return specs;
  }

  private void spec(Value input, ElementType type, List<InputSpec> specs) {
    boolean hasRows = isRows(input.dims().getFirst());
    List<Dim> rowDims = hasRows ? input.dims().subList(1, input.dims().size()) : input.dims();
    try {
      RowShape shape = RowShape.of(rowDims.stream().mapToInt(dim -> dim.isSymbolic() ? RowShape.DYNAMIC : Math.toIntExact(dim.size())).toArray());
      specs.add(new InputSpec(input.name(), type, shape, hasRows));
    } catch (ArithmeticException | IllegalArgumentException e) {
      refuse(input, "one row of it would not fit into memory", "export the model with smaller inputs");
    }
  }

  private boolean isRows(Dim first) {
    return first.isSymbolic() || first.size() == 1 || (declaredRows > 1 && first.size() == declaredRows);
  }

  private void refuse(Value input, String why, String whatToDo) {
    problems.add(new Problem("input \"" + input.name() + "\" is a " + input.shown() + ", and " + why, where, whatToDo));
  }
}
