package io.yapok.state.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store whose changes are kept in memory first and written to the store beneath when their room is needed, so that keys that come often are seldom looked up or written there. It lies below the
 * layer that writes the changelog, which has every change at once.
 *
 * <p><b>Nothing is lost.</b> Before Kafka Streams commits this store's place in the changelog, all changes up to there are written, so what is on disk is never older than it says. After a crash an
 * instance restores from the changelog as it would from any store. Restoring and standbys write to the store beneath, past this memory: whoever stops working on a task calls {@link #release}.
 *
 * <p>One stream thread changes it; others may ask, so each call locks. They wait while one writes all changes.
 */
public final class WriteBehindStore extends StoreLayer {
  /** As many changes as are written at a time. */
  private static final int CHUNK = 1000;

  private final List<KeyValue<Bytes, byte @Nullable []>> leaving = new ArrayList<>();
  private RecentValues recent = new RecentValues(Allowance.NONE, this::leave);
  private KnownKeys known = new KnownKeys(Allowance.NONE);

  /** Asks for a {@link #release}, through the layers that Kafka Streams puts above a store. */
  private record Release() implements Query<Boolean> {}

  /** In front of a store that it owns. */
  public WriteBehindStore(KeyValueStore<Bytes, byte[]> inner) {
    super(inner);
  }

  /** Makes the store below, if it is such a one, write all changes and forget them: it is about to be written past. By the thread that has changed it. */
  static void release(KeyValueStore<Bytes, byte[]> store) {
    store.query(new Release(), PositionBound.unbounded(), new QueryConfig(false)); // other stores do not know the question, and have nothing to forget
  }

  @Override
  public synchronized void init(StateStoreContext context, StateStore root) {
    super.init(context, root);
    if (context.appConfigs().get(SharedMemorySetter.MEMORY) instanceof RocksDbMemory memory) {
      recent = new RecentValues(memory.recentValues(), this::leave);
      known = new KnownKeys(memory.knownKeys());
    }
  }

  @Override
  public synchronized byte @Nullable [] get(Bytes key) {
    byte[] value = recent.get(key.get());
    if (value == null && known.mayHave(key.get())) {
      value = super.get(key);
      known.asked(value != null);
    }
    return value;
  }

  @Override
  public synchronized void put(Bytes key, byte @Nullable [] value) {
    change(key, value);
    writeLeaving();
  }

  @Override
  public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    for (KeyValue<Bytes, byte[]> entry : entries) {
      change(entry.key, entry.value);
    }
    writeLeaving();
    known.learn(inner());
  }

  @Override
  public synchronized byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
    byte[] before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public synchronized byte @Nullable [] delete(Bytes key) {
    byte[] before = get(key);
    put(key, null);
    return before;
  }

  private void change(Bytes key, byte @Nullable [] value) {
    if (value == null) {
      recent.remove(key.get());
      leaving.add(KeyValue.pair(key, null));
    } else {
      recent.put(key.get(), value);
    }
  }

  private void leave(byte[] key, byte[] value) {
    leaving.add(KeyValue.pair(Bytes.wrap(key), value));
    if (leaving.size() == CHUNK) {
      writeLeaving();
    }
  }

  private void writeLeaving() {
    if (!leaving.isEmpty()) {
      for (int i = 0; i < leaving.size(); i++) {
        known.written(leaving.get(i));
      }
      super.putAll(leaving);
      leaving.clear();
    }
  }

  private void writeAll() {
    recent.handOn();
    writeLeaving();
  }

  @Override
  public synchronized void commit(Map<TopicPartition, Long> changelogOffsets) {
    writeAll();
    super.commit(changelogOffsets);
  }

  @Override
  public synchronized <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (query instanceof Release) {
      return released();
    }
    if (query instanceof KeyQuery<?, ?> one && one.getKey() instanceof Bytes key) {
      recent.handOn(key.get());
      writeLeaving();
    } else {
      writeAll();
    }
    return super.query(query, bound, config);
  }

  @SuppressWarnings("unchecked") // what a Release is answered with
  private <R> QueryResult<R> released() {
    writeAll();
    recent.close();
    known.close();
    return (QueryResult<R>) QueryResult.forResult(true);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
    writeAll();
    return super.range(from, to);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
    writeAll();
    return super.reverseRange(from, to);
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> all() {
    writeAll();
    return super.all();
  }

  @Override
  public synchronized KeyValueIterator<Bytes, byte[]> reverseAll() {
    writeAll();
    return super.reverseAll();
  }

  @Override
  public synchronized <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
    writeAll();
    return super.prefixScan(prefix, serializer);
  }

  @Override
  public synchronized long approximateNumEntries() {
    writeAll();
    return super.approximateNumEntries();
  }

  /** Writes what there is, also where Kafka Streams has given up on the task and commits no more: it is in the changelog, or the files are deleted next. */
  @Override
  public synchronized void close() {
    try {
      if (isOpen()) {
        writeAll();
      }
    } finally {
      recent.close();
      known.close();
      leaving.clear();
      super.close();
    }
  }
}
