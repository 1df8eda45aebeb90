package io.yapok.model.internal.compile;

import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.RowShape;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an undeclared field of the record is read as, so that it can feed a model.
 *
 * @param type of its elements
 * @param shape of one row
 */
record Reading(ElementType type, RowShape shape) {

  /** Empty, after a problem was reported, if nothing fits. */
  static Optional<Reading> of(InputField field, InputSpec input, boolean alone, Vocabularies vocabularies) {
    Optional<ElementType> type = type(field, input, vocabularies);
    RowShape shape = !alone ? RowShape.SCALAR : field.oneHot() == null ? input.shape() : before(input.shape(), oneHotSize(field, vocabularies));
    return type.map(known -> new Reading(known, shape));
  }

  private static Optional<ElementType> type(InputField field, InputSpec input, Vocabularies vocabularies) {
    if (field.cast() != null) {
      return Optional.of(field.cast().value());
    }
    if (field.vocabulary() != null) {
      return vocabularies.type(field.vocabulary());
    }
    if (field.oneHot() != null) {
      return Optional.of(ElementType.INT64);
    }
    // x * scale + offset is computed in double, so the field is read as one and rounded once
    return Optional.of(isScaled(field) ? ElementType.FLOAT64 : input.type());
  }

  static boolean isScaled(InputField field) {
    return field.scale() != 1 || field.offset() != 0;
  }

  /** The length of the vectors that a field's elements become. */
  static int oneHotSize(InputField field, Vocabularies vocabularies) {
    if (field.oneHot() == null) {
      return 1;
    }
    Integer size = field.oneHot().size();
    return size != null ? size : field.vocabulary() == null ? 1 : Math.max(1, vocabularies.words(field.vocabulary()).size());
  }

  /** The shape of what becomes rows of this shape when each element becomes a vector. */
  private static RowShape before(RowShape after, int size) {
    int last = after.rank() - 1;
    if (last >= 0 && (after.dim(last) == size || (after.dim(last) == RowShape.DYNAMIC && last > 0))) {
      return RowShape.of(Arrays.copyOf(dims(after), last));
    }
    if (!after.isFixed()) {
      return RowShape.of(RowShape.DYNAMIC);
    }
    return after.elements() <= size || after.elements() % size != 0 ? RowShape.SCALAR : RowShape.of(after.elements() / size);
  }

  private static int[] dims(RowShape shape) {
    int[] dims = new int[shape.rank()];
    Arrays.setAll(dims, shape::dim);
    return dims;
  }
}
