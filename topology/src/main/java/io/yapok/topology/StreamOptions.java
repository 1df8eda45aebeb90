package io.yapok.topology;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline is started: what depends on where it runs rather than on what it does.
 *
 * @param bootstrapServers as Kafka's clients take it, {@code host:port,...}
 * @param applicationId names the consumer group, the state and the internal topics; instances of one id share the work
 * @param threads stream threads, at least 1
 * @param stateDirectory where state is kept; null for Kafka's own default, a directory under the temporary one
 * @param from where a group without offsets begins
 * @param createTopics whether the sink and the dead-letter topic (and the source) are created where they are missing
 * @param groupProtocol how instances share partitions
 * @param checkTimeout how long the checks before the start wait for the broker
 * @param advertised where other instances can ask this one for its state, {@code host:port}; null if nowhere
 */
public record StreamOptions(
    String bootstrapServers,
    String applicationId,
    int threads,
    @Nullable Path stateDirectory,
    From from,
    boolean createTopics,
    GroupProtocol groupProtocol,
    Duration checkTimeout,
    @Nullable String advertised) {

  public StreamOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed, not " + threads);
    }
  }

  /** One thread, from the earliest record, with topics that exist. */
  public static StreamOptions of(String bootstrapServers, String applicationId) {
    return new StreamOptions(bootstrapServers, applicationId, 1, null, From.EARLIEST, false, GroupProtocol.CLASSIC, Duration.ofSeconds(15), null);
  }

  /** The same with so many stream threads. */
  public StreamOptions withThreads(int count) {
    return new StreamOptions(bootstrapServers, applicationId, count, stateDirectory, from, createTopics, groupProtocol, checkTimeout, advertised);
  }

  /** The same with state kept there. */
  public StreamOptions withStateDirectory(Path directory) {
    return new StreamOptions(bootstrapServers, applicationId, threads, directory, from, createTopics, groupProtocol, checkTimeout, advertised);
  }

  /** The same beginning there. */
  public StreamOptions withFrom(From start) {
    return new StreamOptions(bootstrapServers, applicationId, threads, stateDirectory, start, createTopics, groupProtocol, checkTimeout, advertised);
  }

  /** The same, creating topics that are missing or not. */
  public StreamOptions withCreateTopics(boolean create) {
    return new StreamOptions(bootstrapServers, applicationId, threads, stateDirectory, from, create, groupProtocol, checkTimeout, advertised);
  }

  /** The same with another way of sharing partitions. */
  public StreamOptions withGroupProtocol(GroupProtocol protocol) {
    return new StreamOptions(bootstrapServers, applicationId, threads, stateDirectory, from, createTopics, protocol, checkTimeout, advertised);
  }

  /** The same, waiting so long for the broker before the start. */
  public StreamOptions withCheckTimeout(Duration timeout) {
    return new StreamOptions(bootstrapServers, applicationId, threads, stateDirectory, from, createTopics, groupProtocol, timeout, advertised);
  }

  /** The same, telling other instances to ask it for its state there, {@code host:port}. */
  public StreamOptions withAdvertised(String address) {
    return new StreamOptions(bootstrapServers, applicationId, threads, stateDirectory, from, createTopics, groupProtocol, checkTimeout, address);
  }

  /** Where a consumer group that has no offsets begins. */
  public enum From {
    /** With the oldest record there is. */
    EARLIEST,
    /** With the next record that comes. */
    LATEST
  }

  /** Who shares partitions out. */
  public enum GroupProtocol {
    /** The group's own leader; a killed instance is noticed after the session time-out, 8 seconds unless set otherwise. */
    CLASSIC,
    /** The broker; a killed instance is noticed after the broker's time-out, 45 seconds unless set otherwise there. */
    STREAMS
  }
}
