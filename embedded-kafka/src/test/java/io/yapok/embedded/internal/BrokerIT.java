package io.yapok.embedded.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.embedded.EmbeddedKafkaException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerIT {

  /** What the check of ports before the start cannot see: they are free then and taken later. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldFailWithoutEndingTheJvmWhenAPortIsSnatchedAway(boolean client, @TempDir Path path)
      throws IOException {
    Set<Thread> before = lively();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.HOST))) {
      int free = Ports.anyFreeBut(taken.getLocalPort());
      Quorum alone = Quorum.alone(client ? free : taken.getLocalPort());
      fail(path, client ? taken.getLocalPort() : free, alone);
      assertThat(lively()).isSubsetOf(before);
    }
  }

  /** The controller starts alone first, to forget the broker that was killed. */
  @Test
  void shouldFailWithoutEndingTheJvmWhenAPortIsSnatchedAwayAfterAKill(@TempDir Path path) throws IOException {
    Set<Thread> before = lively();
    Path logDirectory = leaveAsKilled(path);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.HOST))) {
      fail(path, Ports.anyFreeBut(0), Quorum.alone(taken.getLocalPort()));
      assertThat(lively()).isSubsetOf(before);
    }
    assertThat(logDirectory.resolve(KilledBroker.STOPPED_CLEANLY)).doesNotExist();
  }

  private static Path leaveAsKilled(Path path) throws IOException {
    int port = Ports.anyFreeBut(0);
    Quorum alone = Quorum.alone(Ports.anyFreeBut(port));
    try (DataDirectory data = DataDirectory.open(path, alone)) {
      Broker.start(new BrokerSettings(port, alone, data.logDirectory(), Map.of())).stop();
      Files.delete(data.logDirectory().resolve(KilledBroker.STOPPED_CLEANLY));
      return data.logDirectory();
    }
  }

  private static void fail(Path path, int port, Quorum alone) throws IOException {
    try (DataDirectory data = DataDirectory.open(path, alone)) {
      BrokerSettings settings = new BrokerSettings(port, alone, data.logDirectory(), Map.of());
      assertThatThrownBy(() -> Broker.start(settings))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageStartingWith("the broker did not start")
          .hasRootCauseInstanceOf(BindException.class);
    }
  }

  private static Set<Thread> lively() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(Thread::isDaemon);
    return threads;
  }
}
