package io.yapok.app.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.http.Health;
import io.yapok.topology.RunningPipeline.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
    pipeline.lastCommit = now.minusSeconds(10);

    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void shouldNotBeReadyWhenRecordsWaitAndNothingIsCommitted() {
    pipeline.lag = 7;
    pipeline.lastCommit = START;
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(11);

    assertThat(health.ready()).isEqualTo(new Health.Report(false, "7 records wait and nothing has been committed for 11 s"));
    assertThat(health.live().up()).isTrue();
  }

  @Test
  void shouldCountFromTheFirstRecordThatWaitsWhenItWasQuietBefore() {
    pipeline.lastCommit = START;
    now = START.plusSeconds(86_400);
    assertThat(health.ready().up()).isTrue();
    pipeline.lag = 7;
    now = START.plusSeconds(86_405);
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(86_411);
    assertThat(health.ready()).isEqualTo(new Health.Report(false, "7 records wait and nothing has been committed for 11 s"));
  }

  @Test
  void shouldCountFromTheFirstQuestionBeforeTheFirstCommit() {
    pipeline.lag = 7;
    assertThat(health.ready().up()).isTrue();

    now = START.plusSeconds(10);
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(11);
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void shouldStayLiveButNotReadyWhenNoBrokerAnswers() {
    pipeline.connected = false;

    assertThat(health.ready()).isEqualTo(new Health.Report(false, "no broker answers"));
    assertThat(health.live().up()).isTrue();
  }

  @Test
  void shouldAllowForALongCommitInterval() {
    pipeline.lag = 7;
    pipeline.commitInterval = Duration.ofSeconds(30);
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(40);
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(41);
    assertThat(health.ready().up()).isFalse();
  }

  @Test
  void shouldNotBeReadyWhenAThreadHasTakenRecordsAndCommitsNothingThoughOthersDo() {
    pipeline.waitingSince = START;
    now = START.plusSeconds(11);
    pipeline.lastCommit = now;
    assertThat(health.ready()).isEqualTo(new Health.Report(false, "a thread has taken records and committed nothing for 11 s"));
    pipeline.waitingSince = null;
    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void shouldNotBeReadyWhenABrokerIsConnectedButSilent() {
    pipeline.silent = true;
    assertThat(health.ready().up()).isTrue();
    now = START.plusSeconds(11);
    assertThat(health.ready()).isEqualTo(new Health.Report(false, "no broker has answered for 11 s"));
    pipeline.silent = false;
    assertThat(health.ready().up()).isTrue();
  }

  @Test
  void shouldNotBeReadyWhenTheDiskThatKeepsTheStateIsFull() {
    pipeline.free = OptionalLong.of(5 << 20);
    assertThat(health.ready()).isEqualTo(new Health.Report(false, "the disk that keeps the state is full: 5 MiB are free"));
    assertThat(health.live().up()).isTrue();
    pipeline.free = OptionalLong.of(33 << 20);
    assertThat(health.ready().up()).isTrue();
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
    private Instant waitingSince;
    private Duration commitInterval = Duration.ofMillis(10);
    private OptionalLong free = OptionalLong.empty();
    private boolean silent;
    private long answers;

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

    @Override
    public long answers() {
      return silent ? answers : ++answers;
    }

    @Override
    public Optional<Instant> waitingSince() {
      return Optional.ofNullable(waitingSince);
    }

    @Override
    public Duration commitInterval() {
      return commitInterval;
    }

    @Override
    public OptionalLong freeStateBytes() {
      return free;
    }
  }
}
