package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk is full, or the broker is away: within 15 s the management port says so, by progress and not by Kafka Streams' word, and afterwards nothing is lost. */
@Timeout(600)
class HealthProof {
  private static final Duration NOTICED_WITHIN = Duration.ofSeconds(15);

  @TempDir private Path directory;
  private KafkaProcess kafka;
  private Path mounted;

  @BeforeEach
  void startKafka() {
    kafka = broker(0);
  }

  @AfterEach
  void stopKafka() throws Exception {
    kafka.close();
    if (mounted != null) {
      execute("umount", "-l", mounted.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldNoticeAFullDiskAndLoseNothing(boolean goOnElsewhere) throws Exception {
    var state = mount(96);
    var name = goOnElsewhere ? "full-elsewhere" : "full-disk";
    var workload = new Workload(name, Seed.of(name));
    try (var scene = new Scene(workload, directory, kafka, "");
        var managed = Managed.start(scene, directory, name, state, kafka.bootstrapServers())) {
      managed.await(200, Scene.PATIENCE);
      scene.load().start(500);
      scene.watch().awaitResults(3_000, Scene.PATIENCE);

      fill(state.resolve("filler"));

      var answer = managed.await(503, NOTICED_WITHIN);
      assertThat(answer.text()).startsWith("down: ");
      Thread.sleep(Duration.ofSeconds(5)); // a while of work on a full disk
      if (goOnElsewhere) {
        managed.instance().kill();
        scene.start("elsewhere");
      } else {
        Files.delete(state.resolve("filler"));
        managed.await(200, Scene.PATIENCE);
      }
      scene.watch().awaitMore(2_000, Scene.PATIENCE);
      assertClean(scene);
    }
  }

  @Test
  void shouldNoticeThatTheBrokerIsGoneAndLoseNothing() throws Exception {
    var workload = new Workload("broker-gone", Seed.of("broker-gone"));
    int port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
    try (var scene = new Scene(workload, directory, kafka, "");
        var managed = Managed.start(scene, directory, "instance", directory.resolve("state"), kafka.bootstrapServers())) {
      scene.load().start(500);
      scene.watch().awaitResults(3_000, Scene.PATIENCE);
      managed.await(200, NOTICED_WITHIN);

      kafka.kill();
      managed.await(503, NOTICED_WITHIN);
      assertThat(managed.ask("/health/live").status()).isEqualTo(200);
      kafka = broker(port);

      managed.await(200, Scene.PATIENCE);
      scene.watch().awaitMore(2_000, Scene.PATIENCE);
      assertClean(scene);
    }
  }

  @Test
  void shouldNoticeThatTheBrokerIsSilentAndLoseNothing() throws Exception {
    var workload = new Workload("broker-silent", Seed.of("broker-silent"));
    try (var scene = new Scene(workload, directory, kafka, "");
        var managed = Managed.start(scene, directory, "instance", directory.resolve("state"), kafka.bootstrapServers())) {
      scene.load().start(500);
      scene.watch().awaitResults(3_000, Scene.PATIENCE);
      managed.await(200, NOTICED_WITHIN);

      execute("kill", "-STOP", Long.toString(kafka.pid()));
      managed.await(503, NOTICED_WITHIN);
      execute("kill", "-CONT", Long.toString(kafka.pid()));

      managed.await(200, Scene.PATIENCE);
      scene.watch().awaitMore(2_000, Scene.PATIENCE);
      assertClean(scene);
    }
  }

  private static void assertClean(Scene scene) throws InterruptedException {
    var outcome = scene.outcome(scene.finish(), 1);
    Report.add(outcome);
    assertThat(outcome.verdict().isClean()).as("%s", outcome.verdict()).isTrue();
  }

  private KafkaProcess broker(int port) {
    return KafkaProcess.builder().dataDirectory(directory.resolve("kafka")).port(port).log(directory.resolve("kafka.log")).setting(Bound.SCAN_INTERVAL, "2000").start();
  }

  /** A small disk, where this user may mount one. */
  private Path mount(int megabytes) throws Exception {
    Path point = Files.createDirectories(directory.resolve("small"));
    int status = execute("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", point.toString());
    Assumptions.assumeTrue(status == 0, "a small disk cannot be mounted here");
    mounted = point;
    return point;
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 1 << 20; i++) {
        out.write(block);
      }
    } catch (IOException e) {
      System.out.println("the disk is full: " + e.getMessage() + ", " + file.toFile().getUsableSpace() + " bytes are free");
    }
    assertThat(file.toFile().getUsableSpace()).isZero();
  }

  private static int execute(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      Assumptions.abort(command[0] + " is not there: " + e.getMessage());
      return 1;
    }
  }
}
