package io.yapok.topology.internal;

import io.yapok.state.StateCodec;
import io.yapok.topology.StateEntries;
import io.yapok.topology.StateUnavailableException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.query.StateQueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/** A pipeline's store in a running application, by partitions. Any thread may ask. */
public final class StateStore {
  private final KafkaStreams streams;
  private final Wiring wiring;
  private final int partitions;

  /**
   * The store of an application.
   *
   * @param partitions of the source topic, and so of the state
   */
  public StateStore(KafkaStreams streams, Wiring wiring, int partitions) {
    this.streams = streams;
    this.wiring = wiring;
    this.partitions = partitions;
  }

  public boolean exists() {
    return wiring.hasState();
  }

  public SortedSet<Integer> all() {
    return IntStream.range(0, partitions).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  /** Partitions that this instance works on. */
  public SortedSet<Integer> active() {
    requireRunning();
    return local(ThreadMetadata::activeTasks);
  }

  /** Partitions that this instance follows. */
  public SortedSet<Integer> standby() {
    return local(ThreadMetadata::standbyTasks);
  }

  /** Throws unless this instance has worked on these partitions all the while. */
  public void requireStill(SortedSet<Integer> active) {
    if (!active().equals(active)) {
      throw new StateUnavailableException("partitions are moving");
    }
  }

  /** Where a key can be. */
  public SortedSet<Integer> home(byte[] key) {
    return wiring.rekeys() ? new TreeSet<>(Set.of(likely(key).orElse(0))) : all();
  }

  /** Where Kafka's partitioner places a key. */
  public OptionalInt likely(byte[] key) {
    return partitions == 0 ? OptionalInt.empty() : OptionalInt.of(BuiltInPartitioner.partitionForKey(key, partitions));
  }

  /** Addresses of other instances and what they work on. */
  public Map<String, Set<Integer>> owners() {
    Map<String, Set<Integer>> owners = new HashMap<>();
    for (StreamsMetadata instance : asked(KafkaStreams::metadataForAllStreamsClients)) {
      Set<Integer> theirs = instance.topicPartitions().stream().filter(at -> at.topic().equals(wiring.stateTopic())).map(TopicPartition::partition).collect(Collectors.toSet());
      owners.put(instance.host() + ":" + instance.port(), theirs);
    }
    return owners;
  }

  /** What is stored; null if nothing. */
  public byte @Nullable [] get(int partition, byte[] key) {
    return ask(partition, KeyQuery.withKey(Bytes.wrap(key)));
  }

  /**
   * Adds the entries whose keys begin so; reserved keys only where the prefix is one.
   *
   * @return whether there are more than the limit
   */
  public boolean scan(int partition, Bytes prefix, int limit, List<StateEntries.Entry> into) {
    RangeQuery<Bytes, byte[]> query = prefix.get().length == 0 ? RangeQuery.withNoBounds() : RangeQuery.withLowerBound(prefix);
    KeyValueIterator<Bytes, byte[]> found = ask(partition, query);
    if (found == null) {
      return false;
    }
    int count = 0;
    try (found) {
      while (found.hasNext()) {
        var entry = found.next();
        if (!startsWith(entry.key.get(), prefix.get())) {
          return false;
        }
        if (StateCodec.isReserved(entry.key.get()) && !StateCodec.isReserved(prefix.get())) {
          continue;
        }
        if (count++ == limit) {
          return true;
        }
        into.add(new StateEntries.Entry(entry.key.get(), entry.value));
      }
    }
    return false;
  }

  /** RocksDB's estimate of the keys of these partitions. */
  public long count(Set<Integer> of) {
    return asked(
        running -> {
          long count = 0;
          for (int partition : of) {
            var parameters = StoreQueryParameters.fromNameAndType(Wiring.STATE, QueryableStoreTypes.<Bytes, byte[]>keyValueStore()).withPartition(partition);
            count += running.store(parameters).approximateNumEntries();
          }
          return count;
        });
  }

  /** How many changes a standby is behind; empty if the broker does not say. */
  public OptionalLong lag(int partition) {
    Map<Integer, LagInfo> lags;
    try {
      lags = streams.allLocalStorePartitionLags().getOrDefault(Wiring.STATE, Map.of());
    } catch (StreamsException | IllegalStateException e) {
      return OptionalLong.empty();
    }
    @Nullable LagInfo lag = lags.get(partition);
    return lag == null ? OptionalLong.empty() : OptionalLong.of(lag.offsetLag());
  }

  /** One partition's answer, or null where it has none. */
  private <R> @Nullable R ask(int partition, Query<R> query) {
    StateQueryResult<R> results = asked(running -> running.query(StateQueryRequest.inStore(Wiring.STATE).withQuery(query).withPartitions(Set.of(partition))));
    QueryResult<R> result = Objects.requireNonNull(results.getPartitionResults().get(partition));
    if (!result.isSuccess()) {
      throw new StateUnavailableException("partition " + partition + " cannot be asked: " + result.getFailureMessage());
    }
    return result.getResult();
  }

  private SortedSet<Integer> local(Function<ThreadMetadata, Set<TaskMetadata>> tasks) {
    return asked(KafkaStreams::metadataForLocalThreads).stream()
        .flatMap(thread -> tasks.apply(thread).stream())
        .filter(task -> task.topicPartitions().stream().anyMatch(at -> at.topic().equals(wiring.stateTopic())))
        .map(task -> task.taskId().partition())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void requireRunning() {
    KafkaStreams.State state = streams.state();
    if (state != KafkaStreams.State.RUNNING) {
      throw new StateUnavailableException("the pipeline is " + state);
    }
  }

  private <T> T asked(Function<KafkaStreams, T> question) {
    try {
      return question.apply(streams);
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new StateUnavailableException("the store cannot be asked: " + e.getMessage(), e);
    }
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
