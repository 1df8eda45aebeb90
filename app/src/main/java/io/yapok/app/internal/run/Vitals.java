package io.yapok.app.internal.run;

import io.yapok.topology.RunningPipeline;
import io.yapok.topology.RunningPipeline.State;
import java.time.Instant;
import java.util.Optional;

/** What a running pipeline shows of itself to whoever asks for its health; any thread may ask. */
interface Vitals {
  State state();

  /** Why it has given up, if it has. */
  Optional<Throwable> failure();

  /** Whether a client has a connection to any broker now. */
  boolean connected();

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
        return pipeline.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("connection-count") && metric.metricName().group().equals("consumer-metrics"))
            .anyMatch(metric -> metric.metricValue() instanceof Number count && count.doubleValue() > 0);
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
