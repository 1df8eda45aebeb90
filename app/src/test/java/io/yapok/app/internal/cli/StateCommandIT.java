package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.CommittedTopic;
import io.yapok.app.internal.JsonValue;
import io.yapok.app.internal.TestPipeline;
import io.yapok.app.internal.http.ManagementAddress;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.embedded.Await;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.topology.Pipeline;
import io.yapok.topology.RunningPipeline;
import io.yapok.topology.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The {@code state} commands against a broker and running instances; two at a time, since they mostly wait for groups to come together. */
@Timeout(180)
class StateCommandIT {
  private static final int PARTITIONS = 3;
  private static final int KEYS = 40;
  private static final int RECORDS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Of today, else the broker's retention would delete the records under the test. */
  private static final long START = System.currentTimeMillis() - 3_600_000;

  private static final String REMEMBERING =
      TestPipeline.YAML
          .replace("steps:", "state: {features: {seen: count, gap: seconds_since_last}}\nsteps:")
          .replace("{percent: score * 100.0}", "{percent: score * 100.0, before: state.seen, idle: state.gap}");

  @TempDir private static Path directory;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldAskTheInstanceThatHasTheKey() throws Exception {
    Path document = prepare("asked");
    send("asked", 0, RECORDS);
    try (Instance first = new Instance(document, "asked", "asked-1");
        Instance second = new Instance(document, "asked", "asked-2")) {
      answered("asked", RECORDS);
      Await.until("both have partitions", PATIENCE, () -> first.partitions() + second.partitions() == PARTITIONS && first.partitions() > 0 && second.partitions() > 0);

      for (Instance asked : List.of(first, second)) {
        for (int key = 0; key < KEYS; key++) {
          Run get = state("get", document, "k" + key, "--endpoint", asked.address, "--json");
          assertThat(get.code()).as(get.err()).isZero();
          assertThat(JsonValue.object(get.out().strip())).containsEntry("key", "k" + key).containsEntry("found", true).containsEntry("from", "owner");
        }
        Run absent = state("get", document, "6e6f", "--key-format", "hex", "--endpoint", asked.address, "--json");
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.out()).contains("\"key_hex\":\"6e6f\",\"found\":false,\"from\":\"owner\",\"partitions\":[0,1,2]");
        Run scan = state("scan", document, "--prefix", "k1", "--limit", "4", "--endpoint", asked.address);
        assertThat(scan.out().lines().map(line -> JsonValue.object(line).get("key"))).containsExactly("k1", "k10", "k11", "k12");
        assertThat(scan.errors()).singleElement().asString().startsWith("note: there are more");
        assertThat(Long.parseLong(state("count", document, "--endpoint", asked.address).out().strip())).isBetween((long) KEYS, (long) RECORDS);
      }

      second.close();
      Await.until("the first has all partitions", PATIENCE, () -> first.partitions() == PARTITIONS);
      Run gone = state("get", document, "k1", "--endpoint", second.address);
      assertThat(gone.code()).isEqualTo(3);
      assertThat(gone.errors()).singleElement().asString().startsWith("error: no instance answers, " + second.address);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSayThatAnAnswerIsOfItsOwnKeysWhereNobodyAdvertises() throws Exception {
    Path document = prepare("alone");
    send("alone", 0, RECORDS);
    try (Instance first = new Instance(document, "alone", "alone-1", false);
        Instance second = new Instance(document, "alone", "alone-2", false)) {
      answered("alone", RECORDS);
      Await.until("both have partitions", PATIENCE, () -> first.partitions() + second.partitions() == PARTITIONS && first.partitions() > 0 && second.partitions() > 0);

      Run absent = state("get", document, "nobody", "--endpoint", first.address, "--json");
      assertThat(absent.out()).contains("\"found\":false,\"from\":\"local\"").doesNotContain("\"partitions\":[0,1,2]");
      assertThat(state("count", document, "--endpoint", first.address).errors()).singleElement().asString().startsWith("note: only of the partitions [");
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldGoOnWithLoadedStateAsIfNothingHadHappened() throws Exception {
    Path document = prepare("moved");
    Path twin = prepare("twin");
    for (String name : List.of("moved", "twin")) {
      send(name, 0, RECORDS);
      try (Instance _ = new Instance(name.equals("twin") ? twin : document, name, name + "-1")) {
        answered(name, RECORDS);
      }
    }
    Path file = directory.resolve("moved.ndjson");
    Run export = cluster("export", document, "--output", file);
    assertThat(export.code()).as(export.err()).isZero();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.stream().map(JsonValue::object).filter(line -> line.containsKey("value")).map(line -> line.get("key"))).hasSize(KEYS).doesNotHaveDuplicates();

    Run reset = Run.of("reset", document, "--bootstrap-server", kafka.bootstrapServers(), "--to", "latest", "--yes");
    assertThat(reset.code()).as(reset.err()).isZero();
    assertThat(topics()).doesNotContain("moved-state-changelog");
    Run load = cluster("load", document, "--input", file); // the state directory of before the reset is still there
    assertThat(load.code()).as(load.err()).isZero();
    Path again = directory.resolve("again.ndjson");
    assertThat(cluster("export", document, "--output", again).code()).isZero();
    assertThat(again).hasSameTextualContentAs(file);

    for (String name : List.of("moved", "twin")) {
      send(name, RECORDS, RECORDS);
      try (Instance _ = new Instance(name.equals("twin") ? twin : document, name, name + "-1")) {
        answered(name, 2 * RECORDS);
      }
    }
    assertThat(outputs("moved", 2 * RECORDS)).isEqualTo(outputs("twin", 2 * RECORDS));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSeeWhatIsLoadedThoughTheDiskHasOlderState() throws Exception {
    Path document = prepare("over");
    send("over", 0, RECORDS);
    runUntil(document, "over", RECORDS);
    Path file = directory.resolve("over.ndjson");
    assertThat(cluster("export", document, "--output", file).code()).isZero();
    send("over", RECORDS, RECORDS);
    runUntil(document, "over", 2 * RECORDS);

    Run load = cluster("load", document, "--input", file); // back to where it was in the middle
    assertThat(load.code()).as(load.err()).isZero();
    send("over", 2 * RECORDS, RECORDS);
    runUntil(document, "over", 3 * RECORDS);

    List<String> before = outputs("over", 3 * RECORDS).stream().map(result -> result.replaceAll("-?\\d+ .*\"before\":\\[?(\\d+).*", "$1")).toList();
    assertThat(before).filteredOn(seen -> Integer.parseInt(seen) >= 2 * RECORDS / KEYS).as("as if the second part had never been").isEmpty();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldLoadNothingWhileInstancesRunOrWhereALineIsNone() throws Exception {
    Path document = prepare("refused");
    send("refused", 0, RECORDS);
    Path file = directory.resolve("refused.ndjson");
    try (Instance _ = new Instance(document, "refused", "refused-1")) {
      answered("refused", RECORDS);
      assertThat(cluster("export", document, "--output", file).code()).as("while it runs").isZero();

      Run running = cluster("load", document, "--input", file);
      assertThat(running.code()).isEqualTo(3);
      assertThat(running.errors()).singleElement().asString().startsWith("error: instances of refused run");
    }
    var broken = new ArrayList<>(Files.readAllLines(file));
    broken.set(20, "{\"key\":\"k1\",\"bytes\":\"!\"}");
    Run wrong = cluster("load", document, "--input", Files.write(directory.resolve("broken.ndjson"), broken));
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.errors()).singleElement().asString().contains("broken.ndjson:21").contains("nothing is loaded");
    var other = Files.readAllLines(file).stream().map(line -> line.replace("\"partitions\":3", "\"partitions\":8")).toList();
    Run elsewhere = cluster("load", document, "--input", Files.write(directory.resolve("elsewhere.ndjson"), other));
    assertThat(elsewhere.errors()).singleElement().asString().contains("8 partitions").contains("--repartition");
    assertThat(cluster("load", document, "--repartition", "--input", directory.resolve("elsewhere.ndjson")).code()).isZero();
    Path after = directory.resolve("after.ndjson");
    assertThat(cluster("export", document, "--output", after).code()).isZero();
    assertThat(new HashSet<>(Files.readAllLines(after))).isEqualTo(new HashSet<>(Files.readAllLines(file)));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void shouldSayThatThereIsNoStateYet() throws Exception {
    Path document = prepare("never-run");

    Run export = cluster("export", document, "--output", directory.resolve("nothing.ndjson"));

    assertThat(export.code()).isEqualTo(3);
    assertThat(export.errors()).singleElement().asString().contains("there is no topic never-run-state-changelog");
    assertThat(directory.resolve("nothing.ndjson")).doesNotExist();
  }

  /** An instance with a management port, until it is closed. */
  private static final class Instance implements AutoCloseable {
    private final Pipeline pipeline;
    private final PipelineService service;
    private final String address;
    private boolean closed;

    Instance(Path document, String name, String state) throws IOException {
      this(document, name, state, true);
    }

    Instance(Path document, String name, String state, boolean advertises) throws IOException {
      address = "127.0.0.1:" + freePort();
      StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), name).withStateDirectory(directory.resolve(state));
      pipeline = Pipeline.load(document);
      service = PipelineService.start(pipeline, new ServiceSettings(advertises ? options.withAdvertised(address) : options, Map.of(), ManagementAddress.parse(address)));
    }

    int partitions() {
      return service.running().state() == RunningPipeline.State.RUNNING ? service.running().partitions() : 0;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        service.close();
        pipeline.close();
      }
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }

  private static void runUntil(Path document, String name, int results) throws IOException {
    try (Instance _ = new Instance(document, name, name + "-1")) {
      answered(name, results);
    }
  }

  private static Path prepare(String name) {
    Stream.of(name, name + "-out", name + "-bad").forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    return TestPipeline.write(directory, name, REMEMBERING);
  }

  private static void send(String name, int from, int count) {
    try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = from; i < from + count; i++) {
        byte[] key = ("k" + i % KEYS).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(name, null, START + i * 321L, key, TestPipeline.record(i).getBytes(UTF_8)));
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> answered(String name, int count) {
    List<ConsumerRecord<byte[], byte[]>> results = CommittedTopic.read(kafka, name + "-out", PARTITIONS, count);
    assertThat(results).hasSize(count);
    return results;
  }

  /** Partition and the outputs of each result, in order within each. */
  private static List<String> outputs(String name, int count) {
    return answered(name, count).stream()
        .map(result -> result.partition() + " " + new String(result.value(), UTF_8).replaceAll(".*\"out\":(\\{[^}]*}).*", "$1"))
        .sorted((a, b) -> Character.compare(a.charAt(0), b.charAt(0)))
        .toList();
  }

  private static Run state(String command, Path document, String... more) {
    return Run.of(Stream.concat(Stream.of("state", command, document), Stream.of(more)).toArray());
  }

  private static Run cluster(String command, Path document, Object... more) {
    return Run.of(Stream.concat(Stream.of("state", command, document, "--bootstrap-server", kafka.bootstrapServers()), Stream.of(more)).toArray());
  }

  private static List<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listTopics().names().get().stream().toList();
    }
  }
}
