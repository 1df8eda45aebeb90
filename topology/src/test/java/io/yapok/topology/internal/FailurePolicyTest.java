package io.yapok.topology.internal;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailurePolicyTest {
  private Instant now = Instant.EPOCH;
  private final AtomicInteger failures = new AtomicInteger();
  private final List<Error> fatal = new ArrayList<>();
  private final FailurePolicy policy = new FailurePolicy(() -> now, failures::incrementAndGet, fatal::add);

  @Test
  void shouldReplaceAThreadTenTimesInTenMinutesAndThenStop() {
    for (int i = 0; i < 10; i++) {
      assertThat(policy.handle(new StreamsException("again"))).isEqualTo(REPLACE_THREAD);
    }
    var last = new StreamsException("too often");

    assertThat(policy.handle(last)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(policy.failure()).contains(last);
    assertThat(failures).hasValue(11);
  }

  @Test
  void shouldForgetFailuresOfLongAgo() {
    for (int i = 0; i < 50; i++) {
      now = now.plus(Duration.ofMinutes(2));
      assertThat(policy.handle(new StreamsException("now and then"))).isEqualTo(REPLACE_THREAD);
    }
    assertThat(policy.failure()).isEmpty();
  }

  @Test
  void shouldStopAtARejectThatMustStopThePipeline() {
    var reject = new RejectedRecordException("in", 1, 5, new Reject(RejectReason.MALFORMED, Reject.SOURCE, "", "bad"));

    assertThat(policy.handle(new StreamsException(reject))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(policy.failure()).contains(reject);
  }

  @Test
  void shouldHandErrorsOfTheJvmOn() {
    var error = new OutOfMemoryError("heap");

    assertThat(policy.handle(new StreamsException(error))).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(fatal).containsExactly(error);
    assertThat(policy.failure()).contains(error);
  }
}
