package io.yapok.app.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of an instance's state are damaged or lost between its end and its next start: its state is restored from the changelog, and nothing is lost. */
@Timeout(600)
class StateDirectoryProof {
  private static final int SCAN_MS = 2000;
  private static final String TABLES = ".*\\.sst";
  private static final String TABLES_AND_MANIFESTS = "MANIFEST-.*|" + TABLES;

  @TempDir private static Path directory;
  private static KafkaProcess kafka;

  enum Damage {
    OVERWRITTEN_AFTER_A_KILL,
    OVERWRITTEN_AFTER_A_CLEAN_STOP,
    /** Found when a block is read, not when the store opens. */
    TABLES_OVERWRITTEN_AFTER_A_CLEAN_STOP,
    LOST_AFTER_A_KILL
  }

  @BeforeAll
  static void startKafka() {
    kafka = Brokers.one(directory, SCAN_MS);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void shouldLoseNothingWhenStateIsDamaged(Damage damage) throws Exception {
    var name = damage.name().toLowerCase().replace('_', '-');
    var workload = new Workload(name, Seed.of(name));
    try (var scene = new Scene(workload, directory, kafka, "")) {
      var instance = scene.start(name);
      scene.load().start(500);
      scene.watch().awaitResults(5_000, Scene.PATIENCE);
      var recovery = scene.fault();
      if (name.endsWith("kill")) {
        instance.kill();
      } else {
        instance.terminate();
      }
      var state = directory.resolve(name + "-state");
      var random = new Random(workload.seed());
      int files =
          switch (damage) {
            case LOST_AFTER_A_KILL -> delete(state);
            case TABLES_OVERWRITTEN_AFTER_A_CLEAN_STOP -> overwrite(state, TABLES, random);
            default -> overwrite(state, TABLES_AND_MANIFESTS, random);
          };
      assertThat(files).as("files damaged").isPositive();
      scene.start(name);
      Watch.await(recovery, Scene.PATIENCE);
      scene.watch().awaitMore(2_000, Scene.PATIENCE);

      var outcome = scene.outcome(scene.finish(), 1);

      Report.add(outcome);
      assertThat(outcome.verdict().isClean()).as("%s", outcome.verdict()).isTrue();
    }
  }

  /** Each such file gets 64 other bytes. */
  private static int overwrite(Path state, String names, Random random) throws IOException {
    try (Stream<Path> tree = Files.walk(state)) {
      var files = tree.filter(file -> file.getFileName().toString().matches(names)).toList();
      for (Path file : files) {
        byte[] bytes = Files.readAllBytes(file);
        int from = bytes.length <= 64 ? 0 : random.nextInt(bytes.length - 64);
        for (int i = from; i < Math.min(bytes.length, from + 64); i++) {
          bytes[i] ^= (byte) (1 + random.nextInt(255));
        }
        Files.write(file, bytes);
        System.out.println("damaged " + file + " from " + from + " of " + bytes.length);
      }
      return files.size();
    }
  }

  private static int delete(Path state) throws IOException {
    try (Stream<Path> tree = Files.walk(state)) {
      var files = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.delete(file);
      }
      return files.size();
    }
  }
}
