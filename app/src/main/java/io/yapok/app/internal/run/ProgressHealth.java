package io.yapok.app.internal.run;

import io.yapok.app.internal.http.Health;
import io.yapok.topology.RunningPipeline.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Health by progress. Kafka Streams has been seen to call itself running while its disk was full, so what counts is whether commits go on while there is work,
 * whether a broker answers, and whether state has room. Asked by the management port's threads.
 */
final class ProgressHealth implements Health {
  private static final Duration STALE = Duration.ofSeconds(10);

  /** RocksDB holds up to a third of 128 MiB unwritten and takes a full disk for a broken one: room for what it writes next. */
  private static final long LEAST_FREE_BYTES = 32L << 20;

  private final Vitals pipeline;
  private final InstantSource clock;
  private long answers = -1;
  private Instant answersSince;
  private @Nullable Instant idleUntil;

  ProgressHealth(Vitals pipeline, InstantSource clock) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.answersSince = clock.instant();
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
    Duration silent = silence();
    if (!pipeline.connected()) {
      return new Report(false, "no broker answers");
    }
    if (silent.compareTo(STALE) > 0) {
      return new Report(false, "no broker has answered for " + silent.toSeconds() + " s");
    }
    long free = pipeline.freeStateBytes().orElse(Long.MAX_VALUE);
    if (free < LEAST_FREE_BYTES) {
      return new Report(false, "the disk that keeps the state is full: " + (free >> 20) + " MiB are free");
    }
    return committing();
  }

  private Report committing() {
    Instant now = clock.instant();
    Duration patience = STALE.plus(pipeline.commitInterval());
    long lag = pipeline.lag();
    Duration since = Duration.between(workSince(lag, now), now);
    if (since.compareTo(patience) > 0) {
      return new Report(false, lag + " records wait and nothing has been committed for " + since.toSeconds() + " s");
    }
    Duration waiting = Duration.between(pipeline.waitingSince().orElse(now), now);
    if (waiting.compareTo(patience) > 0) {
      return new Report(false, "a thread has taken records and committed nothing for " + waiting.toSeconds() + " s");
    }
    return new Report(true, pipeline.partitions() + " partitions, " + lag + " records wait");
  }

  /**
   * From when on a commit is due: the last one, or when there was last nothing to do as far as those who asked could see. After a quiet day the first record is
   * not a day late.
   */
  private synchronized Instant workSince(long lag, Instant now) {
    if (lag == 0 || idleUntil == null) {
      idleUntil = now;
    }
    Instant idle = idleUntil;
    return pipeline.lastCommit().filter(commit -> commit.isAfter(idle)).orElse(idle);
  }

  /** For how long the number of answers has stood still, as far as those who asked could see. */
  private synchronized Duration silence() {
    long now = pipeline.answers();
    if (now != answers) {
      answers = now;
      answersSince = clock.instant();
    }
    return Duration.between(answersSince, clock.instant());
  }

  private String why() {
    return pipeline.failure().map(failure -> String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ")).orElse("it was stopped");
  }

  private static String shown(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
