package io.yapok.topology;

import io.yapok.state.StateCodec;
import io.yapok.topology.internal.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/**
 * What a running pipeline remembers, for others than its own threads: by Kafka Streams' interactive queries, from the keys of this instance. Who has the others says {@link #owners}. Any thread
 * may ask.
 *
 * <p>Each question throws {@link StateUnavailableException} while partitions move.
 */
public final class StateView {
  private static final Comparator<StateEntries.Entry> BY_KEY = (a, b) -> Arrays.compareUnsigned(a.key(), b.key());

  private final StateStore store;

  StateView(StateStore store) {
    this.store = store;
  }

  /** Whether the pipeline remembers anything. */
  public boolean exists() {
    return store.exists();
  }

  /** What is stored under a key: by a partition that this instance works on, else by one that it follows. */
  public StateAnswer get(byte[] key) {
    SortedSet<Integer> active = store.active();
    for (int partition : active) {
      byte[] value = store.get(partition, key);
      if (value != null) {
        return new StateAnswer(value, StateAnswer.From.OWNER, active, OptionalLong.empty());
      }
    }
    for (int partition : store.standby()) {
      byte[] value = store.get(partition, key);
      if (value != null) {
        return new StateAnswer(value, StateAnswer.From.STANDBY, active, store.lag(partition));
      }
    }
    store.requireStill(active);
    return new StateAnswer(null, active.containsAll(store.home(key)) ? StateAnswer.From.OWNER : StateAnswer.From.LOCAL, active, OptionalLong.empty());
  }

  /**
   * The keys that begin so, of the partitions that this instance works on.
   *
   * @param prefix may be empty
   * @param limit at most so many, at least 1
   */
  public StateEntries scan(byte[] prefix, int limit) {
    SortedSet<Integer> active = store.active();
    List<StateEntries.Entry> found = new ArrayList<>();
    boolean more = false;
    for (int partition : active) {
      more |= store.scan(partition, Bytes.wrap(prefix), limit, found);
    }
    store.requireStill(active);
    found.sort(BY_KEY);
    return new StateEntries(found.subList(0, Math.min(limit, found.size())), more || found.size() > limit, active);
  }

  /** About how many keys there are in the partitions that this instance works on. */
  public StateCount count() {
    SortedSet<Integer> active = store.active();
    long count = store.count(active);
    store.requireStill(active);
    return new StateCount(count, active);
  }

  /** The partitions where a key can be: one where the pipeline's own partitioner has placed it, else any, since producers may partition as they like. */
  public Set<Integer> home(byte[] key) {
    return store.home(key);
  }

  /** All partitions of the state. */
  public Set<Integer> partitions() {
    return store.all();
  }

  /** Which partitions other instances work on, by the addresses that they have advertised; as of the last time when partitions moved. */
  public Map<String, Set<Integer>> owners() {
    return store.owners();
  }

  /** The partition where Kafka's own partitioner places a key; empty while nothing is known of the topic. */
  public OptionalInt likelyPartition(byte[] key) {
    return store.likely(key);
  }

  /** How to show what is stored, by the schemas that stand beside it now. */
  public StateCodec codec() {
    List<StateEntries.Entry> schemas = new ArrayList<>();
    Stream.of(store.active(), store.standby()).flatMap(Set::stream).forEach(partition -> store.scan(partition, Bytes.wrap(StateCodec.reservedPrefix()), Integer.MAX_VALUE, schemas));
    StateCodec codec = new StateCodec();
    schemas.forEach(entry -> codec.learn(entry.key(), entry.value()));
    return codec;
  }
}
