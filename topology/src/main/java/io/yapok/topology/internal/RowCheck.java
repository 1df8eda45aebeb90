package io.yapok.topology.internal;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.JoinedTable;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.state.RowReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a record of a table's topic can be a row, as the pipeline's current steps read rows. One that merely lacks a field can: it rejects the records that
 * need the field. Belongs to one thread.
 */
final class RowCheck {
  private final Engine engine;
  private final String topic;
  private @Nullable CompiledSteps steps;
  private List<RowReader> readers = List.of();

  RowCheck(Engine engine, String topic) {
    this.engine = engine;
    this.topic = topic;
  }

  /** Why a record is no row; null if it is one. */
  @Nullable Reject check(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null) {
      return new Reject(RejectReason.NULL_KEY, Reject.TABLES, "", "a row is found by its key, and the table's record has none");
    }
    CompiledSteps now = steps;
    if (now == null || !engine.pipeline().isCurrent(now)) {
      now = engine.pipeline().current();
      steps = now;
      readers = now.tables().stream().filter(this::isOurs).map(table -> new RowReader(table, engine.schemas())).toList();
    }
    for (RowReader reader : readers) {
      Reject reject = value == null ? null : reader.read(value);
      if (reject != null && reject.reason() != RejectReason.MISSING_FIELD) {
        return new Reject(reject.reason(), Reject.TABLES, reject.field(), reject.message());
      }
    }
    return null;
  }

  private boolean isOurs(JoinedTable table) {
    return table.table().topic().value().equals(topic);
  }
}
