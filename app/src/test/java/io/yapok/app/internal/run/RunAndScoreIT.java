package io.yapok.app.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.CommittedTopic;
import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.TestPipeline;
import io.yapok.app.internal.http.ManagementAddress;
import io.yapok.app.internal.score.ScoreReport;
import io.yapok.app.internal.score.ScoreRun;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One pipeline as a service on Kafka and over a file: the same answers; and what the service shows of itself while it works and when its broker goes. */
@Timeout(180)
class RunAndScoreIT {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 6_000;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final List<String> WRONG = List.of("nonsense", "{}", "{\"features\":[1,2,3]}", "{\"features\":[1,2,\"x\",4]}");
  private static final Pattern RESULT = Pattern.compile("\"in\":\\{\"id\":(\\d+).*(\"out\":.*),\"metadata\".*\"partition\":(\\d+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? ([-+0-9.eE]+|NaN|[-+]Inf)");

  @TempDir private Path directory;

  @Test
  void shouldAnswerTheSameOnKafkaAsOverAFileAndShowHowItIs() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> records = IntStream.range(0, RECORDS).mapToObj(i -> random.nextInt(50) == 0 ? WRONG.get(i % WRONG.size()) : TestPipeline.record(i)).toList();
    Path file = TestPipeline.write(directory, "both");
    Map<Integer, String> scored = new TreeMap<>();
    Map<Integer, String> scoreRejects = new TreeMap<>();
    score(file, records, scored, scoreRejects);

    EmbeddedKafka kafka = EmbeddedKafka.start();
    try (kafka; Pipeline pipeline = Pipeline.load(file)) {
      Stream.of("both", "both-out", "both-bad").forEach(topic -> kafka.createTopic(topic, PARTITIONS));
      send(kafka, records);
      StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), "both").withThreads(2).withStateDirectory(directory.resolve("state"));
      ServiceSettings settings = new ServiceSettings(options, Map.of(), new ManagementAddress("127.0.0.1", 0));
      try (PipelineService service = PipelineService.start(pipeline, settings); StopSignal stop = new StopSignal()) {
        assertThat(service.awaitRunning(stop)).isTrue();

        assertSameAnswers(CommittedTopic.read(kafka, "both-out", PARTITIONS, scored.size()), scored);
        assertSameRejects(CommittedTopic.read(kafka, "both-bad", PARTITIONS, scoreRejects.size()), scoreRejects);
        assertReady(service);
        assertMetrics(get(service, "/metrics").body(), scored.size(), scoreRejects.size());
        assertNotReadyButLiveWithoutItsBroker(service, kafka);
      }
    }
  }

  private void score(Path pipeline, List<String> records, Map<Integer, String> scored, Map<Integer, String> rejected) throws IOException {
    Path input = Files.write(directory.resolve("in"), records);
    Path output = directory.resolve("out");
    Path rejects = directory.resolve("rejects");

    ScoreReport report = new ScoreRun(pipeline, input.toString(), output.toString(), rejects.toString()).run(new PrintWriter(new StringWriter()));

    assertThat(report.in()).isEqualTo(report.out() + report.rejected()).isEqualTo(RECORDS);
    for (String line : Files.readAllLines(output)) {
      Matcher result = result(line);
      scored.put(Integer.valueOf(result.group(1)), result.group(2));
    }
    for (String line : Files.readAllLines(rejects)) {
      rejected.put(Integer.parseInt(line.replaceAll("\\{\"line\":(\\d+).*", "$1")) - 1, line.replaceAll(".*\"reason\":\"(\\w+)\".*", "$1"));
    }
    assertThat(rejected.values()).contains("malformed", "missing_field", "wrong_shape", "wrong_type");
  }

  private static void send(EmbeddedKafka kafka, List<String> records) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 5);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records.size(); i++) {
        producer.send(new ProducerRecord<>("both", i % PARTITIONS, Integer.toString(i).getBytes(UTF_8), records.get(i).getBytes(UTF_8)));
      }
    }
  }

  private static void assertSameAnswers(List<ConsumerRecord<byte[], byte[]>> results, Map<Integer, String> scored) {
    Map<Integer, String> answered = new TreeMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : results) {
      Matcher result = result(text(record.value()));
      int id = Integer.parseInt(result.group(1));
      assertThat(text(record.key())).isEqualTo(Integer.toString(id));
      assertThat(Integer.parseInt(result.group(3))).isEqualTo(id % PARTITIONS);
      assertThat(id).as("order from %s to %s", result.group(3), record.partition()).isGreaterThan(last.getOrDefault(result.group(3) + ">" + record.partition(), -1));
      last.put(result.group(3) + ">" + record.partition(), id);
      assertThat(answered.put(id, result.group(2))).as("an earlier answer of %s", id).isNull();
    }
    assertThat(answered).isEqualTo(scored);
  }

  private static void assertSameRejects(List<ConsumerRecord<byte[], byte[]>> rejects, Map<Integer, String> expected) {
    Map<Integer, String> reasons = new TreeMap<>();
    rejects.forEach(record -> reasons.put(Integer.valueOf(text(record.key())), text(record.headers().lastHeader("yapok.reject.reason").value())));
    assertThat(rejects).hasSameSizeAs(expected.entrySet());
    assertThat(reasons).isEqualTo(expected);
  }

  private static void assertReady(PipelineService service) throws Exception {
    HttpResponse<String> ready = await(service, "/health/ready", 200);
    assertThat(ready.body()).startsWith("up: " + PARTITIONS + " partitions");
    assertThat(get(service, "/health/live")).returns(200, HttpResponse::statusCode).returns("up: the pipeline is running\n", HttpResponse::body);
  }

  private static void assertMetrics(String page, long out, long rejected) throws IOException {
    List<String> samples = page.lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(samples).isNotEmpty().allSatisfy(line -> assertThat(line).matches(SAMPLE));
    assertThat(sum(samples, "yapok_records_in_total")).isEqualTo(RECORDS);
    assertThat(sum(samples, "yapok_records_out_total")).isEqualTo(out);
    assertThat(sum(samples, "yapok_records_rejected_total")).isEqualTo(rejected);
    assertThat(sum(samples, "yapok_records_dropped_total")).isZero();
    assertThat(sum(samples, "yapok_rows_total")).isEqualTo(out);
    assertThat(sum(samples, "yapok_batches_total")).isPositive().isLessThan(RECORDS / 10);
    assertThat(sum(samples, "yapok_commit_age_seconds")).isBetween(0.0, 120.0);
    assertThat(sum(samples, "yapok_lag_records")).isZero();
    assertThat(sum(samples, "yapok_partitions")).isEqualTo(PARTITIONS);
    assertThat(sum(samples, "yapok_threads")).isEqualTo(2);
    assertThat(sum(samples, "process_resident_memory_bytes")).isGreaterThan(10e6);
    assertThat(samples).anyMatch(line -> line.startsWith("yapok_stage_seconds_total") && line.contains("stage=\"decode\""));
    assertThat(samples).anyMatch(line -> line.startsWith("yapok_stage_seconds_total") && line.contains("stage=\"lr\""));
    assertThat(documented()).hasSizeGreaterThan(14).allSatisfy(name -> assertThat(samples).as(name).anyMatch(line -> line.matches(name + "[{ ].*")));
    List<String> ours = samples.stream().map(line -> line.replaceAll("[{ ].*", "")).filter(name -> name.startsWith("yapok_")).distinct().toList();
    assertThat(documented()).as("docs/metrics.md").containsAll(ours);
  }

  private static void assertNotReadyButLiveWithoutItsBroker(PipelineService service, EmbeddedKafka kafka) throws Exception {
    kafka.close();

    assertThat(await(service, "/health/ready", 503).body()).startsWith("down: ");
    assertThat(get(service, "/health/live").statusCode()).isEqualTo(200);
  }

  /** Names in the first column of the page's table; a star stands for the rest of a name. */
  private static List<String> documented() throws IOException {
    Path page = Stream.of("docs", "../docs").map(folder -> Path.of(folder, "metrics.md")).filter(Files::exists).findFirst().orElseThrow();
    List<String> names = new ArrayList<>();
    for (String row : Files.readAllLines(page)) {
      if (row.matches("\\| `[a-z]+_.*")) {
        Pattern.compile("`([a-z_*]+)`").matcher(row.split("\\|")[1]).results().forEach(name -> names.add(name.group(1).replace("*", "[a-z_]*")));
      }
    }
    return names;
  }

  private static double sum(List<String> samples, String name) {
    return samples.stream().filter(line -> line.matches(name + "[{ ].*")).mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
  }

  /** Asks until the status is this one; the last answer when the time is up. */
  private static HttpResponse<String> await(PipelineService service, String path, int status) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (StopSignal pause = new StopSignal()) {
      HttpResponse<String> response = get(service, path);
      while (response.statusCode() != status && System.nanoTime() < deadline) {
        pause.await(Duration.ofMillis(50));
        response = get(service, path);
      }
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      return response;
    }
  }

  private static HttpResponse<String> get(PipelineService service, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create("http://" + service.management().orElseThrow() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static Matcher result(String line) {
    Matcher result = RESULT.matcher(line);
    assertThat(result.find()).as(line).isTrue();
    return result;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
