package io.yapok.state.internal.stored;

import io.yapok.schemas.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Which key has which lane of the present batch. A key that starts anew within a batch gets another lane, so that its rows before and after do not meet; what is
 * remembered of it is what its last lane holds. Belongs to one thread.
 */
public final class Lanes {
  private final List<KeyRecord> owners = new ArrayList<>();

  /** Gives a record the lane of its key, which its tensors are put into when the key has none yet. A record without rows needs none, so there are no more lanes than rows. */
  public void assign(Batch batch, int record, KeyRecord key) {
    if (batch.rowEnd(record) == batch.rowStart(record)) {
      return;
    }
    if (key.lane == Batch.NO_LANE) {
      key.lane = owners.size();
      owners.add(key);
      key.recallTensors(batch);
    }
    batch.setLane(record, key.lane);
  }

  /** Takes what the steps left in the lanes, and forgets who has them. */
  public void remember(Batch batch) {
    for (int lane = 0; lane < owners.size(); lane++) {
      KeyRecord key = owners.get(lane);
      if (key.lane == lane) {
        key.rememberTensors(batch);
      }
    }
    clear();
  }

  /** Forgets who has them. */
  public void clear() {
    for (int lane = 0; lane < owners.size(); lane++) {
      owners.get(lane).lane = Batch.NO_LANE;
    }
    owners.clear();
  }
}
