package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import io.yapok.model.BoundStep;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;

/**
 * A recurrent model at work on one batch object, on the thread that owns it. Rows of one key run one after the other, each with the tensors that the one before it
 * left; rows of different keys share runs where that changes no answer. A run that fails is repeated row by row. Holds the session until it is closed.
 *
 * <p>A record that the model rejects leaves its key's tensors as they were before the record's first row, and later records of the key go on from there.
 */
final class BoundRecurrent implements BoundStep {
  private final RecurrentStep step;
  private final Batch batch;
  private final Recurrence recurrence;
  private final Waves waves;
  private final WaveStage stage;
  private final LaneUndo undo;
  private final int rowsPerRun;
  private final int[] places; // of the wave's rows that share the run
  private boolean closed;

  /** Binds a step; the session has been retained for this object. */
  BoundRecurrent(RecurrentStep step, Batch batch) {
    this.step = step;
    this.batch = batch;
    this.recurrence = step.recurrence();
    Batching batching = step.model().batching();
    this.rowsPerRun = batching.rowsPerRun();
    this.waves = new Waves(batch);
    this.stage = new WaveStage(step.model().session().session(), recurrence, batch, rowsPerRun, batching.fixedRunSize());
    this.undo = new LaneUndo(recurrence, batch);
    this.places = new int[rowsPerRun];
  }

  @Override
  public void run() {
    waves.arrange();
    stage.reserve(batch.rows());
    for (int wave = 0; wave < waves.count(); wave++) {
      int count = 0;
      for (int at = waves.start(wave); at < waves.end(wave); at++) {
        if (!batch.isRejected(waves.record(at))) { // by an earlier row of it
          places[count++] = at;
        }
        if (count == rowsPerRun) {
          runTogether(count);
          count = 0;
        }
      }
      if (count > 0) {
        runTogether(count);
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    stage.close();
    step.model().session().release();
  }

  private void runTogether(int count) {
    for (int i = 0; i < count; i++) {
      load(i, places[i]);
    }
    try {
      stage.run(count);
    } catch (OrtException e) {
      if (count == 1) {
        fail(places[0], e);
      } else {
        runEach(count); // says which rows it was
      }
      return;
    }
    boolean finite = stage.isFinite(count);
    for (int i = 0; i < count; i++) {
      settle(i, places[i], finite);
    }
  }

  private void runEach(int count) {
    for (int i = 0; i < count; i++) {
      load(0, places[i]);
      try {
        stage.run(1);
        settle(0, places[i], stage.isFinite(1));
      } catch (OrtException e) {
        fail(places[i], e);
      }
    }
  }

  private void load(int place, int at) {
    int record = waves.record(at);
    if (waves.row(at) == batch.rowStart(record) && batch.rowEnd(record) > batch.rowStart(record) + 1) {
      undo.save(batch.lane(record));
    }
    stage.load(place, waves.row(at), batch.lane(record));
  }

  /** Takes or refuses what the model answered at a place of the run for a row. */
  private void settle(int place, int at, boolean finite) {
    int record = waves.record(at);
    boolean keeps = true;
    for (int output = 0; !finite && output < recurrence.outputs().size(); output++) {
      int element = stage.nonfinite(output, place);
      if (element >= 0 && !step.model().options().allowNonfinite()) {
        reject(at, Nonfinite.reject(step.name(), recurrence.outputs().get(output).name(), stage.value(output, place, element), element));
        return;
      }
      keeps &= element < 0 || !recurrence.feeds(output); // NaN would stay with the key for good
    }
    stage.answer(place, waves.row(at));
    if (keeps) {
      stage.keep(place, batch.lane(record));
    }
  }

  private void fail(int at, OrtException failure) {
    reject(at, new Reject(RejectReason.MODEL_FAILED, step.name(), "", "the model failed on this record: " + OrtRuntime.message(failure)));
  }

  private void reject(int at, Reject reject) {
    int record = waves.record(at);
    batch.reject(record, reject);
    if (waves.row(at) > batch.rowStart(record)) {
      undo.restore(batch.lane(record));
    }
  }
}
