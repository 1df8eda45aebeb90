package io.yapok.model.internal.mapping;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnFullException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;

/** A mapping over one batch: fills the target's rows, zeros or empty texts for rows of rejected records, so that the model meets nothing left from another batch. */
final class BoundMapping {
  private final String step;
  private final Batch batch;
  private final Column target;
  private final RowShape shape;
  private final Failure failure = new Failure();
  private final Part[] parts;
  private final Column[] sources;
  private final PartWriter[] writers;
  private final int[] dims;
  private final boolean counted;

  BoundMapping(String step, Mapping mapping, Batch batch) {
    this.step = step;
    this.batch = batch;
    this.target = batch.column(mapping.targetSlot());
    this.shape = target.spec().shape();
    this.parts = mapping.parts().toArray(Part[]::new);
    this.sources = mapping.parts().stream().map(part -> batch.column(part.slot())).toArray(Column[]::new);
    this.writers = new PartWriter[parts.length];
    this.dims = new int[shape.rank()];
    this.counted = shape.isFixed() && mapping.parts().stream().allMatch(part -> batch.column(part.slot()).spec().shape().isFixed());
    PartWriters loops = new PartWriters(target, failure);
    for (int i = 0; i < parts.length; i++) {
      writers[i] = loops.writer(parts[i].how(), sources[i]);
    }
  }

  /** Fills all rows of the batch. */
  void run() {
    target.reserveRows(batch.rows());
    for (int record = 0; record < batch.records(); record++) {
      for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
        map(record, row);
      }
    }
  }

  private void map(int record, int row) {
    boolean mapped = false;
    if (!batch.isRejected(record)) {
      try {
        mapped = (counted || fits(record, row)) && writeParts(record, row);
      } catch (ColumnFullException full) {
        batch.reject(record, new Reject(RejectReason.TOO_LARGE, step, parts[0].field(), String.valueOf(full.getMessage())));
      }
    }
    if (!mapped) {
      blank(row);
    }
  }

  private boolean writeParts(int record, int row) {
    int to = target.start(row);
    for (int i = 0; i < parts.length; i++) {
      int count = sources[i].count(row);
      if (!writers[i].write(sources[i].start(row), count, to)) {
        batch.reject(record, failure.reject(step, parts[i].field()));
        return false;
      }
      to += count * parts[i].how().width();
    }
    if (!shape.isFixed()) {
      target.endRow(to - target.start(row), dims);
    }
    return true;
  }

  /** Makes room for a row whose size only its sources know; rejects its record if that is not the model's. */
  private boolean fits(int record, int row) {
    long elements = 0;
    for (int i = 0; i < parts.length; i++) {
      elements += (long) sources[i].count(row) * parts[i].how().width();
    }
    if (shape.isFixed() ? elements != shape.elements() : !settle(row, elements)) {
      String message = "rows of shape " + shape + " expected, " + elements + " elements came";
      batch.reject(record, new Reject(RejectReason.WRONG_SHAPE, step, parts[0].field(), message));
      return false;
    }
    if (!shape.isFixed() && !target.spec().type().isPooled()) {
      target.reserveElements(target.start(row) + elements);
    }
    return true;
  }

  /** Settles the row's dimensions: the only source's own where it has as many, else the open one takes what the others leave. */
  private boolean settle(int row, long elements) {
    RowShape source = sources[0].spec().shape();
    if (parts.length == 1 && parts[0].how().width() == 1 && source.rank() == dims.length) {
      boolean fits = true;
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = sources[0].dim(row, axis);
        fits &= shape.dim(axis) == RowShape.DYNAMIC || shape.dim(axis) == dims[axis];
      }
      return fits;
    }
    long known = 1;
    int open = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis);
      known *= dims[axis] == RowShape.DYNAMIC ? 1 : dims[axis];
      open = dims[axis] == RowShape.DYNAMIC ? axis : open;
    }
    if (known == 0 || elements % known != 0 || elements / known > Integer.MAX_VALUE) {
      return false;
    }
    dims[open] = (int) (elements / known);
    return true;
  }

  /** Zeros, in the smallest shape that the input takes where that is open. */
  private void blank(int row) {
    int elements = 1;
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = shape.dim(axis) == RowShape.DYNAMIC ? 1 : shape.dim(axis);
      elements *= dims[axis];
    }
    int start = target.start(row);
    if (target.spec().type().isPooled()) {
      Zeros.appendUpTo(target, start + elements);
    } else {
      target.reserveElements((long) start + elements);
      Zeros.fill(target, start, elements);
    }
    if (!shape.isFixed()) {
      target.endRow(elements, dims);
    }
  }
}
