package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** Seconds since the key's latest record. */
public final class SinceLastPart implements RecordsPart {
  private static final long NONE = Long.MIN_VALUE;
  private static final double MILLIS = 1000.0;

  private final Shown shown;
  private final double fallback;
  private long latest = NONE;

  /** No record yet. */
  public SinceLastPart(Shown shown, double fallback) {
    this.shown = shown;
    this.fallback = fallback;
  }

  @Override
  public void clear() {
    latest = NONE;
  }

  @Override
  public void add(Batch batch, int record, long timestamp, long now) {
    latest = now;
  }

  /** A record that comes late sees 0. */
  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    shown.show(batch, record, latest == NONE ? fallback : Math.max(0, (timestamp - latest) / MILLIS));
  }

  @Override
  public void read(Decoder in) throws IOException {
    latest = in.readLong();
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(latest);
  }
}
