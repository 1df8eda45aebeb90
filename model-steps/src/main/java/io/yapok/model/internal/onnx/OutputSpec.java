package io.yapok.model.internal.onnx;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;
import java.util.List;

/**
 * What a model answers for one row.
 *
 * @param labels names of the elements of a map, else empty
 * @param form how the runtime hands it over
 */
public record OutputSpec(String name, ElementType type, RowShape shape, List<String> labels, Form form) {
  public OutputSpec {
    labels = List.copyOf(labels);
  }

  /** Whether the runtime can write it straight into a column. */
  public boolean isPinned() {
    return form.isTensor() && shape.isFixed() && !type.isPooled();
  }

  /** How an answer comes out of the runtime. */
  public enum Form {
    /** A tensor whose dimension 0 is rows. */
    ROWS,
    /** A tensor without a row dimension: only a run of one row answers it. */
    WHOLE,
    /** A sequence with one map a row, as scikit-learn's classifiers give. */
    MAP_SEQUENCE,
    /** A sequence of maps whose number is not that of the rows: only a run of one row answers it, with all of them; labels stand where it is one. */
    MAPS_WHOLE,
    /** One map: only a run of one row answers it. */
    MAP,
    /** A sequence of tensors of one shape: only a run of one row answers it. */
    TENSOR_SEQUENCE;

    boolean isMap() {
      return this == MAP_SEQUENCE || this == MAPS_WHOLE || this == MAP;
    }

    /** Whether it is one tensor. */
    public boolean isTensor() {
      return this == ROWS || this == WHOLE;
    }

    /** Whether one run can answer several rows. */
    boolean followsRows() {
      return this == ROWS || this == MAP_SEQUENCE;
    }
  }
}
