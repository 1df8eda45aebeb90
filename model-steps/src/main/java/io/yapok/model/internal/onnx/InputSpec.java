package io.yapok.model.internal.onnx;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RowShape;

/**
 * What a column that feeds a model's input must hold.
 *
 * @param shape of one row: the input's dimensions without its row dimension
 * @param hasRowDimension whether dimension 0 is rows; if not, the whole input is one row and each row is a run of its own
 */
public record InputSpec(String name, ElementType type, RowShape shape, boolean hasRowDimension) {}
