package io.yapok.topology.internal;

import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.topology.Tables;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task's partitioned tables, filled from their topics and read for its records. Belongs to the task's thread. */
final class TableIntake {
  private final Engine engine;
  private final JoinedStores.Opened tables;
  private final Map<String, RowCheck> checks = new HashMap<>();

  TableIntake(Engine engine, JoinedStores.Opened tables) {
    this.engine = engine;
    this.tables = tables;
  }

  Tables tables() {
    return tables;
  }

  /** Puts a row into the table of its topic. If it is no row, the reason comes back, and the row before it stays. */
  @Nullable Reject put(byte @Nullable [] key, Parcel.TableRecord row) {
    Reject reject = checks.computeIfAbsent(row.topic(), topic -> new RowCheck(engine, topic)).check(key, row.value());
    if (reject != null || key == null) {
      return reject;
    }
    return tables.ofTopic(row.topic()).put(key, row.value(), row.timestamp())
        ? null
        : new Reject(RejectReason.ROW_TOO_OLD, Reject.TABLES, "", "the row is older than the versions that the table keeps; a longer history keeps more");
  }
}
