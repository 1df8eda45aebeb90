package io.yapok.app.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.http.Health;
import io.yapok.topology.RunningPipeline.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressHealthTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private final Fake pipeline = new Fake();
  private Instant now = START;
  private final Health health = new ProgressHealth(pipeline, () -> now);

  @Test
  void shouldBeReadyWhenNothingWaitsHoweverLongAgoTheLastCommitWas() {
    pipeline.lastCommit = START;
    now = START.plusSeconds(86_400);

    assertThat(health.ready()).isEqualTo(new Health.Report(true, "3 partitions, 0 records wait"));
  }

  @Test
  void shouldBeReadyWhileRecordsWaitAndCommitsGoOn() {
    pipeline.lag = 1_000_000;
    now = START.plusSeconds(100);
    pipeline.lastCommit = now.minusSeconds(15);

    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void shouldNotBeReadyWhenRecordsWaitAndNothingIsCommitted() {
    pipeline.lag = 7;
    pipeline.lastCommit = START;
    now = START.plusSeconds(16);

    assertThat(health.ready()).isEqualTo(new Health.Report(false, "7 records wait and nothing has been committed for 16 s"));
    assertThat(health.live().up()).isTrue();
  }

  @Test
  void shouldCountFromTheStartBeforeTheFirstCommit() {
    pipeline.lag = 7;

    now = START.plusSeconds(15);
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(16);
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void shouldStayLiveButNotReadyWhenNoBrokerAnswers() {
    pipeline.connected = false;

    assertThat(health.ready()).isEqualTo(new Health.Report(false, "no broker answers"));
    assertThat(health.live().up()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = State.class, names = {"CREATED", "REBALANCING", "STOPPING"})
  void shouldBeLiveButNotReadyOnItsWay(State state) {
    pipeline.state = state;

    assertThat(health.live().up()).isTrue();
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void shouldNotBeLiveOnceItHasGivenUpAndSayWhy() {
    pipeline.state = State.FAILED;
    pipeline.failure = new IllegalStateException("the disk is full");

    assertThat(health.live()).isEqualTo(new Health.Report(false, "the pipeline has given up: the disk is full"));
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void shouldSayWhyInOneLineWhateverTheFailureSays() {
    pipeline.state = State.FAILED;
    pipeline.failure = new IllegalStateException("one\r\ntwo");

    assertThat(health.live().reason()).hasLineCount(1);
  }

  @Test
  void shouldNotBeLiveOnceItHasStopped() {
    pipeline.state = State.STOPPED;

    assertThat(health.live()).isEqualTo(new Health.Report(false, "the pipeline has given up: it was stopped"));
  }

  private static final class Fake implements Vitals {
    private State state = State.RUNNING;
    private Throwable failure;
    private boolean connected = true;
    private long lag;
    private Instant lastCommit;

    @Override
    public State state() {
      return state;
    }

    @Override
    public Optional<Throwable> failure() {
      return Optional.ofNullable(failure);
    }

    @Override
    public boolean connected() {
      return connected;
    }

    @Override
    public long lag() {
      return lag;
    }

    @Override
    public Optional<Instant> lastCommit() {
      return Optional.ofNullable(lastCommit);
    }

    @Override
    public int partitions() {
      return 3;
    }
  }
}
