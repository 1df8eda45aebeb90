package io.yapok.app.internal.run;

import io.yapok.app.internal.http.Health;
import io.yapok.topology.RunningPipeline.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Health by progress. Kafka Streams has been seen to call itself running while its disk was full, so what counts is whether commits go on while there is work,
 * and whether a broker is there at all. Asked by the management port's threads.
 */
final class ProgressHealth implements Health {
  private static final Duration STALE = Duration.ofSeconds(15);

  private final Vitals pipeline;
  private final InstantSource clock;
  private final Instant started;

  ProgressHealth(Vitals pipeline, InstantSource clock) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public Report live() {
    State state = pipeline.state();
    boolean up = state != State.FAILED && state != State.STOPPED;
    return new Report(up, up ? "the pipeline is " + shown(state) : "the pipeline has given up: " + why());
  }

  @Override
  public Report ready() {
    State state = pipeline.state();
    if (state != State.RUNNING) {
      return new Report(false, "the pipeline is " + shown(state));
    }
    if (!pipeline.connected()) {
      return new Report(false, "no broker answers");
    }
    long lag = pipeline.lag();
    Duration since = Duration.between(pipeline.lastCommit().orElse(started), clock.instant());
    if (lag > 0 && since.compareTo(STALE) > 0) {
      return new Report(false, lag + " records wait and nothing has been committed for " + since.toSeconds() + " s");
    }
    return new Report(true, pipeline.partitions() + " partitions, " + lag + " records wait");
  }

  private String why() {
    return pipeline.failure().map(failure -> String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ")).orElse("it was stopped");
  }

  private static String shown(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
