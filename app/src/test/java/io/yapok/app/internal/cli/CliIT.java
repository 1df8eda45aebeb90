package io.yapok.app.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.TestPipeline;
import io.yapok.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets when the cluster or the machine is not as it must be. */
@Timeout(120)
class CliIT {
  private static EmbeddedKafka kafka;

  @TempDir private Path directory;
  private Path pipeline;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void write() {
    pipeline = TestPipeline.write(directory, "there");
  }

  @Test
  void shouldNameEveryTopicThatDoesNotExist() {
    Run run = Run.of("run", pipeline, "--bootstrap-server", kafka.bootstrapServers(), "--management", "none");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: ").contains("\"there\" does not exist", "(source.topic)", "--create-topics"),
            line -> assertThat(line).contains("\"there-out\" does not exist", "(sink.topic)"),
            line -> assertThat(line).contains("\"there-bad\" does not exist", "(rejects.topic)"));
  }

  @Test
  void shouldSayThatTheManagementPortIsTaken() throws IOException {
    for (String topic : new String[] {"there", "there-out", "there-bad"}) {
      kafka.createTopic(topic, 1);
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String address = "127.0.0.1:" + taken.getLocalPort();

      Run run = Run.of("run", pipeline, "--bootstrap-server", kafka.bootstrapServers(), "--management", address, "--state-dir", directory.resolve("state"));

      assertThat(run.code()).isEqualTo(3);
      assertThat(run.errors()).singleElement().asString().startsWith("error: the management port cannot be listened on").contains(address, "--management none");
    }
  }

  @Test
  void shouldSayThatTheBrokersPortIsTaken() throws IOException {
    Run dev = Run.of("dev", pipeline, "--port", kafka.port(), "--management", "none");

    assertThat(dev.code()).isEqualTo(3);
    assertThat(dev.errors()).singleElement().asString().startsWith("error: the port is taken").containsOnlyOnce("127.0.0.1:" + kafka.port()).contains("choose another port");
  }

  @Test
  void shouldNotUseForeignFilesAsTheBrokersData() throws IOException {
    Files.createDirectories(directory.resolve("data/kafka"));
    Files.writeString(directory.resolve("data/kafka/letter.txt"), "mine");

    Run dev = Run.of("dev", pipeline, "--port", 0, "--data", directory.resolve("data"), "--management", "none");

    assertThat(dev.code()).isEqualTo(3);
    assertThat(dev.errors()).singleElement().asString().startsWith("error: ").contains(directory.resolve("data/kafka").toString());
    assertThat(directory.resolve("data/kafka/letter.txt")).hasContent("mine");
  }
}
