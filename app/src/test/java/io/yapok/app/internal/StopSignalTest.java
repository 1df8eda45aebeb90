package io.yapok.app.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  @Test
  void shouldBeRaisedOnceForAllThatWait() throws InterruptedException {
    try (StopSignal stop = new StopSignal()) {
      var released = new CountDownLatch(2);
      for (int i = 0; i < 2; i++) {
        Thread.ofVirtual().start(() -> awaitThenCount(stop, released));
      }

      stop.raise();
      stop.raise();

      assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(stop.isRaised()).isTrue();
      assertThat(stop.await(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void shouldSayThatItWasNotRaisedWhenTheTimeIsUp() throws InterruptedException {
    try (StopSignal stop = new StopSignal()) {
      assertThat(stop.isRaised()).isFalse();
      assertThat(stop.await(Duration.ofMillis(1))).isFalse();
    }
  }

  private static void awaitThenCount(StopSignal stop, CountDownLatch released) {
    try {
      stop.await();
      released.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
