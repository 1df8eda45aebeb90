package io.yapok.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class KafkaProcessIT {
  @TempDir private Path log;
  @TempDir private Path data;

  @Test
  void shouldKeepCommittedRecordsWhenKilledAndStartedAgain() {
    try (KafkaProcess kafka = quickToMissTheDead().start()) {
      kafka.createTopic("t", 1);
      Records.write(kafka, "t", true, "kept");
      kafka.kill();
    }
    try (KafkaProcess kafka = quickToMissTheDead().start()) {
      assertThat(Records.read(kafka, "t", 1)).containsExactly("kept");
    }
  }

  @Test
  void shouldGiveUpAnOpenTransactionWhenKilledAndStartedAgain() {
    try (KafkaProcess kafka = quickToAbort().start()) {
      kafka.createTopic("t", 1);
      Records.leaveOpen(kafka, "t", "never committed");
      kafka.kill();
    }
    try (KafkaProcess kafka = quickToAbort().start()) {
      Records.write(kafka, "t", true, "committed");
      assertThat(Records.read(kafka, "t", 1)).containsExactly("committed");
    }
  }

  @Test
  void shouldEndCleanlyWhenClosed() throws Exception {
    KafkaProcess kafka = temporaryIn(data).start();
    ProcessHandle process = ProcessHandle.of(kafka.pid()).orElseThrow();
    assertThat(data).isNotEmptyDirectory();
    kafka.close();
    process.onExit().get(1, TimeUnit.SECONDS);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void shouldEndCleanlyWhenTerminated() throws Exception {
    try (KafkaProcess kafka = temporaryIn(data).start()) {
      ProcessHandle process = ProcessHandle.of(kafka.pid()).orElseThrow();
      process.destroy();
      process.onExit().get(30, TimeUnit.SECONDS);
      assertThat(data).isEmptyDirectory();
    }
  }

  @Test
  void shouldSayWhyWhenItCannotStart() throws IOException {
    Files.writeString(data.resolve("thesis.txt"), "chapter 1");
    Files.writeString(log.resolve("log"), "error: of an earlier one\n");
    assertThatThrownBy(() -> quickToMissTheDead().start())
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("exit code 3: error: the data directory holds other files")
        .hasMessageContaining(log.toString());
  }

  @Test
  void shouldSayWhatTheJvmSaysWhenItDoesNotStart() {
    assertThatThrownBy(() -> quickToMissTheDead().jvmOption("-Xmx1k").start())
        .isInstanceOf(EmbeddedKafkaException.class)
        .hasMessageContaining("exit code 1: Error occurred during initialization of VM | Too small maximum heap");
  }

  private KafkaProcess.Builder quickToMissTheDead() {
    return KafkaProcess.builder()
        .jvmOption("-XX:TieredStopAtLevel=1")
        .dataDirectory(data)
        .log(log.resolve("log"))
        .setting("broker.session.timeout.ms", "2000")
        .setting("broker.heartbeat.interval.ms", "500");
  }

  /** Looks for transactions to give up as soon as it has started. */
  private KafkaProcess.Builder quickToAbort() {
    return quickToMissTheDead()
        .setting("transaction.abort.timed.out.transaction.cleanup.interval.ms", "100");
  }

  private KafkaProcess.Builder temporaryIn(Path directory) {
    return KafkaProcess.builder()
        .jvmOption("-XX:TieredStopAtLevel=1")
        .jvmOption("-Djava.io.tmpdir=" + directory)
        .log(log.resolve("log"));
  }
}
