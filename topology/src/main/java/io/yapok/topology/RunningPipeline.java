package io.yapok.topology;

import io.yapok.topology.internal.Engine;
import io.yapok.topology.internal.FailurePolicy;
import io.yapok.topology.internal.KeptState;
import io.yapok.topology.internal.LocalState;
import io.yapok.topology.internal.RestoreLog;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** A pipeline on Kafka, from its start to its end. Safe for use by several threads. */
public final class RunningPipeline implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final Engine engine;
  private final KafkaStreams streams;
  private final StreamsConfig config;
  private final KeptState kept;
  private final FailurePolicy failures;
  private final StateView stateView;
  private final Runnable stopWaiting;
  private final CopyOnWriteArrayList<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private volatile Consumer<Error> onFatal = error -> {};

  /** Where an application is in its life. */
  public enum State {
    CREATED,
    /** Getting partitions, or getting others; also while a failed thread is replaced. */
    REBALANCING,
    RUNNING,
    STOPPING,
    STOPPED,
    /** It has given up; {@link #failure} says why. */
    FAILED
  }

  /**
   * Called by {@link Yapok#stream}.
   *
   * @param streams not started yet
   * @param stopWaiting run before the threads are stopped: what they may be waiting for will not come
   */
  RunningPipeline(Engine engine, KafkaStreams streams, StreamsConfig config, KeptState kept, Runnable stopWaiting) {
    this.stopWaiting = stopWaiting;
    this.config = config;
    this.kept = kept;
    this.engine = engine;
    this.failures = new FailurePolicy(InstantSource.system(), engine.counters()::threadFailed, error -> onFatal.accept(error));
    this.streams = streams;
    this.stateView = new StateView(kept.store(streams));
    streams.setUncaughtExceptionHandler(failures);
    streams.setGlobalStateRestoreListener(new RestoreLog());
    streams.setStateListener((now, before) -> listeners.forEach(listener -> listener.accept(state(now))));
  }

  /** Starts the stream threads; returns before they have partitions. State whose files are damaged, or that is of a changelog which is no more, is deleted first, to be restored. */
  public void start() {
    kept.files().ifPresent(files -> files.prepare(streams::cleanUp));
    streams.start();
  }

  public State state() {
    return state(streams.state());
  }

  /** Tells this listener of every change of state, on Kafka Streams' threads: it must be quick, and must not call {@link #close}. */
  public void onStateChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  /**
   * Hands errors that leave the JVM unfit (out of memory, a broken native library) to whoever can end it; until set, the application only stops. Called on the
   * failing thread.
   */
  public void onFatal(Consumer<Error> handler) {
    onFatal = handler;
  }

  /** What made the application give up. */
  public Optional<Throwable> failure() {
    return failures.failure();
  }

  public PipelineCounters counters() {
    return engine.counters();
  }

  /** The pipeline that this runs. */
  public Pipeline pipeline() {
    return engine.pipeline();
  }

  /** What it remembers per key, for reading. */
  public StateView stateView() {
    return stateView;
  }

  /** When any thread last committed; empty before the first commit. With lag and no recent commit, it does not get on. */
  public Optional<Instant> lastCommit() {
    return engine.progress().lastCommit();
  }

  /** Since when a thread has had records that it has not committed, of all threads the longest; empty if none has. */
  public Optional<Instant> waitingSince() {
    return engine.progress().waitingSince();
  }

  /** How long records wait for a commit where all is well. */
  public Duration commitInterval() {
    return Duration.ofMillis(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
  }

  /** Free space where state is kept, in bytes; empty for a pipeline without state and tables, which keeps nothing there. */
  public OptionalLong freeStateBytes() {
    if (engine.pipeline().current().state().isEmpty() && engine.pipeline().document().tables().isEmpty()) {
      return OptionalLong.empty();
    }
    File directory = new File(config.getString(StreamsConfig.STATE_DIR_CONFIG));
    return directory.exists() ? OptionalLong.of(directory.getUsableSpace()) : OptionalLong.empty();
  }

  /**
   * Records that are there and have not been fetched, as the consumers last saw it, over all partitions of this instance; 0 before they have. With state by another
   * key than the records', those on their way to that key's partition count too.
   */
  public long lag() {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("records-lag") && !metric.metricName().tags().getOrDefault("client-id", "").contains("restore"))
        .mapToLong(metric -> metric.metricValue() instanceof Double lag && lag > 0 ? lag.longValue() : 0)
        .sum();
  }

  /** Partitions of the source that this instance has now. */
  public int partitions() {
    String source = engine.pipeline().document().source().topic().value();
    return Math.toIntExact(
        streams.metadataForLocalThreads().stream()
            .flatMap(thread -> thread.activeTasks().stream())
            .flatMap(task -> task.topicPartitions().stream())
            .filter(partition -> partition.topic().equals(source))
            .count());
  }

  /** Native memory that the state stores use now, in bytes. */
  public long stateMemoryBytes() {
    return kept.memory().usedBytes();
  }

  /** Stream threads alive. */
  public int threads() {
    return streams.metadataForLocalThreads().size();
  }

  /** Kafka's own metrics of all clients and threads. */
  public Map<MetricName, ? extends Metric> metrics() {
    return streams.metrics();
  }

  /**
   * Commits what is done, leaves the group, so that other instances take over at once instead of after the session time-out, and stops.
   *
   * @return false if it has not stopped in that time; it goes on stopping
   */
  public boolean close(Duration timeout) {
    stopWaiting.run();
    kept.files().ifPresent(LocalState::settle);
    boolean closed = streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    if (closed) {
      // Not before: open stores point into it.
      kept.memory().close();
    }
    return closed;
  }

  /** Commits what is done and stops, waiting up to 30 seconds. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  private static State state(KafkaStreams.State state) {
    return switch (state) {
      case CREATED -> State.CREATED;
      case REBALANCING -> State.REBALANCING;
      case RUNNING -> State.RUNNING;
      case PENDING_SHUTDOWN -> State.STOPPING;
      case NOT_RUNNING -> State.STOPPED;
      case PENDING_ERROR, ERROR -> State.FAILED;
    };
  }
}
