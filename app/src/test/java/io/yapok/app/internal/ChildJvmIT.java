package io.yapok.app.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program as a process: long command lines, standard input and output, signals, exit codes. */
@Timeout(400)
class ChildJvmIT {
  private static final int PATIENCE_SECONDS = 150;
  private static final int LONG = 10_240;

  @TempDir private Path directory;
  private Path pipeline;

  @BeforeEach
  void write() {
    pipeline = TestPipeline.write(directory, "child");
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldLoadAModelUnderACommandLineOfTenKilobytes() throws Exception {
    try (ChildJvm check = start("-Dpadding=" + "a".repeat(LONG), "check", pipeline.toString())) {
      assertThat(check.exitCode(PATIENCE_SECONDS)).as("%s", check.err()).isZero();
      assertThat(check.out()).startsWith("fine: child");
      assertThat(check.err()).isEmpty();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSayThatNoBrokerIsThereUnderACommandLineOfTenKilobytes() throws Exception {
    String closed = "127.0.0.1:1"; // a port that nobody listens on
    String servers = String.join(",", Collections.nCopies(LONG / closed.length() + 1, closed));

    try (ChildJvm run = start("-Dx=y", "run", pipeline.toString(), "--bootstrap-server", servers, "--management", "none")) {
      saysThatNoBrokerAnswers(run);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSayThatNoBrokerIsThereToResetAPipelineOn() throws Exception {
    try (ChildJvm reset = start("-Dx=y", "reset", pipeline.toString(), "--bootstrap-server", "127.0.0.1:1", "--yes")) {
      saysThatNoBrokerAnswers(reset);
    }
  }

  private static void saysThatNoBrokerAnswers(ChildJvm child) throws Exception {
    assertThat(child.exitCode(PATIENCE_SECONDS)).as("%s", child.err()).isEqualTo(3);
    assertThat(child.err().lines()).singleElement().asString().startsWith("error: no broker answered within 15 s, 127.0.0.1:1,");
    assertThat(child.out()).isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldScoreFromStandardInputToStandardOutput() throws Exception {
    Path input = Files.writeString(directory.resolve("in"), TestPipeline.record(1) + "\n" + TestPipeline.record(2));
    List<String> args = List.of("score", pipeline.toString(), "--input", "-", "--output", "-");

    try (ChildJvm score = ChildJvm.start(directory, input, List.of(), args)) {
      assertThat(score.exitCode(PATIENCE_SECONDS)).as("%s", score.err()).isZero();
      assertThat(score.out().lines()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("{\"time\":").endsWith("}"));
      assertThat(score.err().lines()).singleElement().asString().startsWith("2 in = 2 answered + 0 rejected");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldRunADevelopmentKafkaUntilItIsToldToStopAndLeaveNothingBehind() throws Exception {
    pipeline = TestPipeline.write(directory, "child", TestPipeline.YAML.replace("steps:", "state: {features: {seen: count}}\nsteps:"));
    try (ChildJvm dev = start("-Dx=y", "dev", pipeline.toString(), "--port", "0", "--management", "127.0.0.1:0", "--threads", "1")) {
      assertThat(dev.awaitError("; Ctrl-C ends it", PATIENCE_SECONDS)).as("%s", dev.err()).isTrue();
      assertThat(left()).as("while it runs").isNotEmpty();
      dev.terminate();

      assertThat(dev.exitCode(PATIENCE_SECONDS)).as("what a JVM says after SIGTERM; %s", dev.err()).isEqualTo(143);
      assertThat(dev.err().lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("health and metrics on http://127.0.0.1:"),
              line -> assertThat(line).startsWith("Kafka on 127.0.0.1:").contains("produce to child, consume from child-out"),
              line -> assertThat(line).startsWith("stopped after in 0 = out 0 + rejected 0 + dropped 0"));
      assertThat(left()).as("left in the temporary directory").isEmpty();
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldGoOnWithTheDataThatADevelopmentKafkaLeft() throws Exception {
    String data = directory.resolve("data").toString();
    for (int turn = 1; turn <= 2; turn++) {
      try (ChildJvm dev = start("-Dx=y", "dev", pipeline.toString(), "--port", "0", "--data", data, "--management", "none", "--threads", "1")) {
        assertThat(dev.awaitError("; Ctrl-C ends it", PATIENCE_SECONDS)).as("turn %s: %s", turn, dev.err()).isTrue();
        dev.terminate();
        assertThat(dev.exitCode(PATIENCE_SECONDS)).isEqualTo(143);
      }
    }
    assertThat(directory.resolve("data/kafka")).isNotEmptyDirectory();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldMakeTheTopicsOfAPipelineWithTablesAndKeepHistoryInThem() throws Exception {
    String tables = "tables: {known: {topic: NAME-known, global: true, by: id, fields: {group: {type: text, default: none}}}}\nsteps:";
    pipeline = TestPipeline.write(directory, "joined", TestPipeline.YAML.replace("steps:", tables).replace("score * 100.0}", "score * 100.0, group: table.known.group}"));
    try (ChildJvm dev = start("-Dx=y", "dev", pipeline.toString(), "--port", "0", "--partitions", "3", "--management", "none", "--threads", "1")) {
      assertThat(dev.awaitError("; Ctrl-C ends it", PATIENCE_SECONDS)).as("%s", dev.err()).isTrue();
      String kafka = dev.err().replaceAll("(?s).*Kafka on (\\S+): .*", "$1");
      try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka))) {
        List<String> topics = List.of("joined", "joined-out", "joined-bad", "joined-known");
        assertThat(admin.describeTopics(topics).allTopicNames().get().values()).extracting(topic -> topic.partitions().size()).containsOnly(3);
        assertThat(settings(admin, "joined-known").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(settings(admin, "joined").get("retention.ms").value()).isEqualTo("-1");
        assertThat(settings(admin, "joined-out").get("retention.ms").value()).isEqualTo("-1");
      }
    }
  }

  private static Config settings(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  /** What is ours there; native libraries that ONNX Runtime and RocksDB unpack are not. */
  private List<String> left() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("tmp"))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.contains("kafka") || name.contains("state") || name.contains("yapok")).toList();
    }
  }

  private ChildJvm start(String jvmOption, String... args) throws IOException {
    return ChildJvm.start(directory, null, List.of(jvmOption), List.of(args));
  }
}
