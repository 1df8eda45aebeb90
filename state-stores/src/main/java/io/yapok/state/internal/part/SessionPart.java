package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** An aggregate over the records since the last pause. */
public final class SessionPart implements RecordsPart {
  private static final long NONE = Long.MIN_VALUE;

  private final Shown shown;
  private final long gapMillis;
  private final LateValues late;
  private final Accumulator session;
  private final Accumulator empty;
  private long start = NONE;
  private long end = NONE;

  /** No session yet. */
  public SessionPart(Shown shown, long gapMillis, LateValues late, Supplier<Accumulator> maker) {
    this.shown = shown;
    this.gapMillis = gapMillis;
    this.late = late;
    this.session = maker.get();
    this.empty = maker.get();
  }

  @Override
  public void clear() {
    start = NONE;
    end = NONE;
    session.clear();
  }

  @Override
  public void add(Batch batch, int record, long timestamp, long now) {
    Column from = shown.from(batch);
    for (int row = shown.firstRow(batch, record); row < shown.lastRow(batch, record); row++) {
      if (session.accepts(from, row) && belongs(timestamp)) {
        session.add(from, row);
      }
    }
  }

  /** Whether a value of this time goes into the session, which becomes as long as it must, or begins with it. */
  private boolean belongs(long timestamp) {
    if (start == NONE || timestamp - end > gapMillis) {
      session.clear();
      start = timestamp;
      end = timestamp;
      return true;
    }
    if (timestamp >= start - gapMillis) {
      start = Math.min(start, timestamp);
      end = Math.max(end, timestamp);
      return true;
    }
    return admitsLate();
  }

  /** Whether a value that belongs to an earlier session, of which nothing is left, is added to this one. */
  private boolean admitsLate() {
    return switch (late.rule()) {
      case DROP, OWN_WINDOW -> {
        late.dropped().increment();
        yield false;
      }
      case NEWEST_WINDOW -> {
        late.intoNewestWindow().increment();
        yield true;
      }
    };
  }

  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    boolean open = start != NONE && now - end <= gapMillis;
    shown.show(batch, record, open ? session : empty);
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    start = in.readLong();
    end = in.readLong();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      session.read(in);
    }
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(start);
    out.writeLong(end);
    out.writeArrayStart();
    out.setItemCount(start == NONE ? 0 : 1);
    if (start != NONE) {
      out.startItem();
      session.write(out);
    }
    out.writeArrayEnd();
  }
}
