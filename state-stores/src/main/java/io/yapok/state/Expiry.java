package io.yapok.state;

import io.yapok.schemas.StateSpec;
import io.yapok.state.internal.stored.StoredClocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Deletes keys that have been idle for so long that only a record which is later than a margin can tell. It passes over the table in slices, each between two runs, by the thread that
 * owns the table.
 *
 * <p><b>Which keys.</b> A record that is more than {@code ttl} after a key's clock does not see its state, and one that is more than {@code dedupe.within} after it sees none of its kept
 * answers, since none of them is newer than the clock. So a key is deleted when a record of any key has come that is later than its clock by the longer of the two and the margin: {@code ttl},
 * or a day if that is longer. Without {@code ttl} none is.
 */
public final class Expiry {
  private static final int MOST_KEYS = 1000;
  private static final long MOST_NANOS = 2_000_000;
  private static final long LEAST_MARGIN_MILLIS = Duration.ofDays(1).toMillis();

  /** How many passes begin while stream time goes on by a margin, at most: some key becomes idle at any time, and the store is not to be read all the time. */
  private static final int PASSES_A_MARGIN = 4;

  /** Before any timestamp, and far enough from the least long that a timestamp may be taken from it. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final StateTable table;
  private final StoredClocks clocks;
  private final int mostKeys;
  private final LongSupplier nanos;
  private final List<byte[]> idle = new ArrayList<>();

  /** The stream time when the last pass began, and the least clock that it left. */
  private long began = NEVER;

  private long oldest = NEVER;

  // The pass under way.
  private boolean passing;
  private byte @Nullable [] last;
  private long oldestSoFar;

  // The slice under way.
  private int seen;

  /** Over a table, which its owner closes. */
  public Expiry(StateTable table) {
    this(table, MOST_KEYS, System::nanoTime);
  }

  Expiry(StateTable table, int mostKeys, LongSupplier nanos) {
    this.table = table;
    this.clocks = new StoredClocks(table);
    this.mostKeys = mostKeys;
    this.nanos = nanos;
  }

  /**
   * Whether there may be keys to delete. Asked after each run.
   *
   * @param streamTime the largest timestamp of any record so far
   */
  public boolean isDue(StateSpec spec, long streamTime) {
    return spec.ttlMillis() > 0 && (passing || (streamTime - oldest > idleMillis(spec) && streamTime - began > marginMillis(spec) / PASSES_A_MARGIN));
  }

  /**
   * Looks at some keys, from where it stopped the last time, and deletes those that are idle.
   *
   * @param streamTime the largest timestamp of any record so far
   * @return how many it deleted
   */
  public int slice(StateSpec spec, long streamTime) {
    if (!isDue(spec, streamTime)) {
      return 0;
    }
    if (!passing) {
      passing = true;
      began = streamTime;
      oldestSoFar = streamTime;
    }
    idle.clear();
    seen = 0;
    long idleFrom = streamTime - idleMillis(spec);
    long until = nanos.getAsLong() + MOST_NANOS;
    if (table.scan(last, (key, value) -> look(key, value, idleFrom) && nanos.getAsLong() - until < 0)) {
      passing = false;
      last = null;
      oldest = oldestSoFar;
    }
    delete();
    return idle.size();
  }

  /** Whether the slice may go on, for all that it has looked at. */
  private boolean look(byte[] key, byte[] value, long idleFrom) {
    last = key;
    OptionalLong clock = StateCodec.isReserved(key) ? OptionalLong.empty() : clocks.of(value);
    if (clock.isPresent()) {
      if (clock.getAsLong() < idleFrom) {
        idle.add(key);
      } else {
        oldestSoFar = Math.min(oldestSoFar, clock.getAsLong());
      }
    }
    return ++seen < mostKeys;
  }

  private void delete() {
    if (!idle.isEmpty()) {
      idle.forEach(table::delete);
      table.flush();
    }
  }

  private static long idleMillis(StateSpec spec) {
    long within = spec.dedupe() == null ? 0 : spec.dedupe().dedupe().within().toMillis();
    return Math.max(spec.ttlMillis(), within) + marginMillis(spec);
  }

  private static long marginMillis(StateSpec spec) {
    return Math.max(spec.ttlMillis(), LEAST_MARGIN_MILLIS);
  }
}
