package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over a window that moves in steps: a ring of buckets, one a step, whose aggregates are merged to show the window. A tumbling window is one bucket,
 * the whole past one bucket of all time.
 */
public final class BucketsPart implements RecordsPart {
  private static final long NONE = Long.MIN_VALUE;

  private final Shown shown;
  private final long stepMillis;
  private final LateValues late;
  private final Supplier<Accumulator> maker;
  private final @Nullable Accumulator[] ring;
  private final boolean[] used;
  private final Accumulator window;
  private long newest = NONE;

  /**
   * An empty window.
   *
   * @param stepMillis the length of a bucket; {@link Long#MAX_VALUE} for all time
   * @param buckets how many are shown
   */
  public BucketsPart(Shown shown, long stepMillis, int buckets, LateValues late, Supplier<Accumulator> maker) {
    this.shown = shown;
    this.stepMillis = stepMillis;
    this.late = late;
    this.maker = maker;
    this.ring = new Accumulator[buckets];
    this.used = new boolean[buckets];
    this.window = maker.get();
  }

  @Override
  public void clear() {
    newest = NONE;
    Arrays.fill(used, false);
  }

  @Override
  public void add(Batch batch, int record, long timestamp, long now) {
    long present = bucket(now);
    long own = timestamp == now ? present : bucket(timestamp);
    Column from = shown.from(batch);
    for (int row = shown.firstRow(batch, record); row < shown.lastRow(batch, record); row++) {
      if (window.accepts(from, row)) {
        add(own == present ? present : lateBucket(own, present), present, from, row);
      }
    }
  }

  private long lateBucket(long own, long present) {
    return switch (late.rule()) {
      case DROP -> {
        late.dropped().increment();
        yield NONE;
      }
      case OWN_WINDOW -> {
        boolean kept = own > present - ring.length;
        (kept ? late.intoOwnWindow() : late.dropped()).increment();
        yield kept ? own : NONE;
      }
      case NEWEST_WINDOW -> {
        late.intoNewestWindow().increment();
        yield present;
      }
    };
  }

  private void add(long bucket, long present, Column from, int row) {
    if (bucket == NONE) {
      return;
    }
    moveTo(present);
    int index = index(bucket);
    Accumulator accumulator = accumulator(index);
    if (!used[index]) {
      accumulator.clear();
    }
    used[index] = true;
    accumulator.add(from, row);
  }

  private Accumulator accumulator(int index) {
    Accumulator accumulator = ring[index];
    if (accumulator == null) {
      accumulator = maker.get();
      ring[index] = accumulator;
    }
    return accumulator;
  }

  /** Empties the buckets that the window leaves behind. */
  private void moveTo(long present) {
    if (newest != NONE) {
      long passed = Math.min(present - newest, ring.length);
      int at = passed <= 0 ? 0 : index(present - passed + 1);
      for (long left = passed; left > 0; left--) {
        used[at] = false;
        at = after(at);
      }
    }
    newest = present;
  }

  @Override
  public void show(Batch batch, int record, long timestamp, long now) {
    long present = bucket(now);
    Accumulator value = ring.length == 1 && newest == present && used[0] && ring[0] != null ? ring[0] : merged(present);
    shown.show(batch, record, value);
  }

  private Accumulator merged(long present) {
    window.clear();
    if (newest != NONE) {
      long first = Math.max(present, newest) - ring.length + 1;
      int at = index(first);
      for (long bucket = first; bucket <= newest; bucket++) {
        Accumulator accumulator = ring[at];
        if (used[at] && accumulator != null) {
          window.merge(accumulator);
        }
        at = after(at);
      }
    }
    return window;
  }

  /** A division of longs costs as much as all else that is done for a bucket: the whole past needs none, and a walk over buckets one. */
  private long bucket(long time) {
    return stepMillis == Long.MAX_VALUE && time >= 0 ? 0 : Math.floorDiv(time, stepMillis);
  }

  private int index(long bucket) {
    return ring.length == 1 ? 0 : (int) Math.floorMod(bucket, (long) ring.length);
  }

  private int after(int index) {
    return index + 1 == ring.length ? 0 : index + 1;
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    newest = in.readLong();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        readBucket(in);
      }
    }
  }

  private void readBucket(Decoder in) throws IOException {
    int index = index(in.readLong());
    accumulator(index).read(in);
    used[index] = true;
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeLong(newest);
    out.writeArrayStart();
    out.setItemCount(used());
    int at = newest == NONE ? 0 : index(newest - ring.length + 1);
    for (long bucket = newest - ring.length + 1; newest != NONE && bucket <= newest; bucket++) {
      Accumulator accumulator = ring[at];
      if (used[at] && accumulator != null) {
        out.startItem();
        out.writeLong(bucket);
        accumulator.write(out);
      }
      at = after(at);
    }
    out.writeArrayEnd();
  }

  private int used() {
    int count = 0;
    for (boolean each : used) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
