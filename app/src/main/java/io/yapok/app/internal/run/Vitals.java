package io.yapok.app.internal.run;

import io.yapok.topology.RunningPipeline;
import io.yapok.topology.RunningPipeline.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What a running pipeline shows of itself to whoever asks for its health; any thread may ask. */
interface Vitals {
  State state();

  /** Why it has given up, if it has. */
  Optional<Throwable> failure();

  /** Whether a client has a connection to any broker now. */
  boolean connected();

  /** How often a broker has answered a consumer: it rises, by fetches or heartbeats, as long as one is there. */
  long answers();

  /** Since when a thread has had records that it has not committed; empty if none has. */
  Optional<Instant> waitingSince();

  /** How long records wait for a commit where all is well. */
  Duration commitInterval();

  /** Free bytes where state is kept; empty without state. */
  OptionalLong freeStateBytes();

  /** Records that wait in the source. */
  long lag();

  /** Empty before the first. */
  Optional<Instant> lastCommit();

  /** Partitions of the source that it has. */
  int partitions();

  /** Those of a pipeline on Kafka. */
  static Vitals of(RunningPipeline pipeline) {
    return new Vitals() {
      @Override
      public State state() {
        return pipeline.state();
      }

      @Override
      public Optional<Throwable> failure() {
        return pipeline.failure();
      }

      @Override
      public boolean connected() {
        return sum("connection-count") > 0;
      }

      @Override
      public long answers() {
        return sum("response-total");
      }

      private long sum(String name) {
        return pipeline.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals(name) && metric.metricName().group().equals("consumer-metrics"))
            .mapToLong(metric -> metric.metricValue() instanceof Number count ? count.longValue() : 0)
            .sum();
      }

      @Override
      public Optional<Instant> waitingSince() {
        return pipeline.waitingSince();
      }

      @Override
      public Duration commitInterval() {
        return pipeline.commitInterval();
      }

      @Override
      public OptionalLong freeStateBytes() {
        return pipeline.freeStateBytes();
      }

      @Override
      public long lag() {
        return pipeline.lag();
      }

      @Override
      public Optional<Instant> lastCommit() {
        return pipeline.lastCommit();
      }

      @Override
      public int partitions() {
        return pipeline.partitions();
      }
    };
  }
}
