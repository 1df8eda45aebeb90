package io.yapok.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.embedded.internal.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since it looks at the threads of this JVM. */
@Isolated
class EmbeddedKafkaIT {
  @Test
  void shouldKeepCommittedAndHideAbortedRecordsWhenTransactional() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      kafka.createTopic("t", 3);
      Records.write(kafka, "t", true, "a", "b");
      Records.write(kafka, "t", false, "never");
      Records.write(kafka, "t", true, "c");
      assertThat(Records.read(kafka, "t", 3)).containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void shouldFindItsRecordsAgainWhenStartedOnTheSameDirectory(@TempDir Path directory) {
    Path data = directory.resolve("data");
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
      kafka.createTopic("t", 1, Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
      Records.write(kafka, "t", true, "kept");
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
      assertThat(kafka.dataDirectory()).isEqualTo(data);
      assertThat(Records.read(kafka, "t", 1)).containsExactly("kept");
      Records.write(kafka, "t", true, "and more");
      assertThat(Records.read(kafka, "t", 2)).containsExactly("kept", "and more");
    }
  }

  @Test
  void shouldLeaveNeitherFilesNorThreadsWhenClosed() {
    Set<Thread> before = lively();
    EmbeddedKafka kafka = EmbeddedKafka.start();
    Path data = kafka.dataDirectory();
    assertThat(data).isDirectory();
    kafka.close();
    kafka.close();
    assertThat(data).doesNotExist();
    assertThat(lively()).isSubsetOf(before);
  }

  @Test
  void shouldSupportTheStreamsProtocolAndNoTopicsByChance() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      Map<String, FinalizedVersionRange> features =
          admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features.get("streams.version").maxVersionLevel()).isPositive();
      assertThatThrownBy(
              () -> admin.describeTopics(Set.of("nobody-made-it")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("UnknownTopicOrPartition");
    }
  }

  @Test
  void shouldListenOnTheGivenPort() {
    int port = Ports.anyFreeBut(0);
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().port(port).start()) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void shouldSayWhichPortWhenItIsTaken() throws IOException {
    Set<Thread> before = lively();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(() -> EmbeddedKafka.builder().port(taken.getLocalPort()).start())
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageStartingWith("the port is taken")
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(lively()).isSubsetOf(before);
  }

  /** What the check of ports before the start cannot see: one is free then and taken later. First it is the client's, then the controller's. */
  @Test
  void shouldStartOnOtherPortsWhenOnesAreSnatchedAway(@TempDir Path data) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.HOST))) {
      Iterator<Boolean> snatched = List.of(true, false, false, true).iterator();
      EmbeddedKafka.Builder builder =
          EmbeddedKafka.builder().dataDirectory(data).freePorts(other -> snatched.hasNext() && snatched.next() ? taken.getLocalPort() : Ports.anyFreeBut(other));
      try (EmbeddedKafka kafka = builder.start()) {
        kafka.createTopic("t", 1);
        Records.write(kafka, "t", true, "there");
        assertThat(Records.read(kafka, "t", 1)).containsExactly("there");
      }
      assertThat(snatched).isExhausted();
    }
  }

  @Test
  void shouldGiveUpWhenPortAfterPortIsSnatchedAway() throws IOException {
    Set<Thread> before = lively();
    AtomicInteger looks = new AtomicInteger();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral(Ports.HOST))) {
      EmbeddedKafka.Builder builder =
          EmbeddedKafka.builder()
              .port(Ports.anyFreeBut(0))
              .freePorts(
                  other -> {
                    looks.incrementAndGet();
                    return taken.getLocalPort();
                  });
      assertThatThrownBy(builder::start)
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("Address already in use");
    }
    assertThat(looks).hasValue(3);
    assertThat(lively()).isSubsetOf(before);
  }

  @Test
  void shouldLeaveTheFirstAloneWhenTheDirectoryIsInUse(@TempDir Path data) {
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(data).start()) {
      Set<Thread> before = lively();
      assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(data).start())
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageStartingWith("the data directory is in use")
          .hasMessageContaining(data.toString());
      assertThat(lively()).isSubsetOf(before);
      kafka.createTopic("still-works", 1);
    }
  }

  @Test
  void shouldRefuseADirectoryOfOtherFiles(@TempDir Path home) throws IOException {
    Files.writeString(home.resolve("thesis.txt"), "chapter 1");
    assertThatThrownBy(() -> EmbeddedKafka.builder().dataDirectory(home).start())
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("holds other files");
    assertThat(home).isDirectoryNotContaining(path -> !path.endsWith("thesis.txt"));
  }

  @Test
  void shouldLeaveNoThreadAndNoLockWhenKafkaDoesNotComeUp(@TempDir Path data) {
    Set<Thread> before = lively();
    assertThatThrownBy(
            () ->
                EmbeddedKafka.builder()
                    .dataDirectory(data)
                    .setting("authorizer.class.name", "no.such.Authorizer")
                    .start())
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageStartingWith("the broker did not start");
    assertThat(lively()).isSubsetOf(before);
    EmbeddedKafka.builder().dataDirectory(data).start().close();
  }

  @Test
  void shouldRefuseOnePortForTwoPurposes() {
    int port = Ports.anyFreeBut(0);
    assertThatThrownBy(() -> EmbeddedKafka.builder().port(port).controllerPort(port).start())
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void shouldRefuseSettingsThatAreItsOwn() {
    assertThatThrownBy(() -> EmbeddedKafka.builder().setting("log.dirs", "/tmp/x").start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("log.dirs");
  }

  @Test
  void shouldSayWhyWhenATopicExists() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      kafka.createTopic("t", 1);
      assertThatThrownBy(() -> kafka.createTopic("t", 1))
          .isInstanceOf(EmbeddedKafkaException.class)
          .hasMessageContaining("'t'")
          .hasMessageContaining("already exists");
    }
  }

  /** The threads that would keep a JVM alive. */
  private static Set<Thread> lively() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(Thread::isDaemon);
    return threads;
  }
}
