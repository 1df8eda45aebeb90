package io.yapok.app.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.connect.ConnectorConfig;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.RunningPipeline;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.Yapok;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** File, topic, pipeline, topic, file, with the two connectors that {@code connectors/README.md} shows, on a real Connect worker. */
class FileToFileIT {
  private static final int LINES = 2000;
  private static final int FEATURES = 4;
  private static final Pattern RESULT = Pattern.compile("\"in\":\\{\"id\":(\\d+)\\b.*(\"out\":\\{[^}]*})");
  private static final String DOCUMENT =
      """
      name: risk
      source: {topic: applications, format: json}
      steps:
        - model: risk.onnx
      sink: {topic: risks, format: json}
      rejects: {topic: applications-rejected}
      include: [id]
      """;

  @TempDir private Path directory;
  private Path in;
  private Path results;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void shouldAnswerEachLineOfAFileInAnotherWhenConnectFeedsAPipeline() throws Exception {
    List<String> lines = lines(20260607);
    in = Files.write(directory.resolve("in.ndjson"), lines);
    results = Files.createDirectory(directory.resolve("results")).resolve("out.ndjson");
    SampleModels.logisticRegression(FEATURES, 7).writeTo(directory.resolve("risk.onnx"));
    Path document = Files.writeString(directory.resolve("risk.yaml"), DOCUMENT);

    try (Pipeline pipeline = Pipeline.load(document)) {
      List<String> answers = throughConnect(pipeline);

      assertThat(answers).hasSize(LINES);
      assertThat(outById(answers)).hasSize(LINES).isEqualTo(outById(withoutKafka(pipeline, lines)));
    }
  }

  private List<String> throughConnect(Pipeline pipeline) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      for (String topic : List.of("applications", "risks", "applications-rejected")) {
        kafka.createTopic(topic, 2);
      }
      StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), "risk").withStateDirectory(directory.resolve("state"));
      try (RunningPipeline running = Yapok.stream(pipeline, Map.of(), options);
          ConnectWorker worker = ConnectWorker.start(kafka.bootstrapServers(), directory)) {
        running.start();
        ConnectorConfig sink = ConnectorConfig.fileSink(pipeline.document(), results);
        ConnectorConfig source = ConnectorConfig.fileSource(pipeline.document(), in);
        assertThat(worker.post(sink)).as(sink.json()).satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
        assertThat(worker.post(source)).as(source.json()).satisfies(answer -> assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
        awaitResults(() -> "%s %s %s, %d in, %d out".formatted(status(worker, source), status(worker, sink), running.state(), running.counters().in(), running.counters().out()));
        assertThat(status(worker, source)).contains("RUNNING").doesNotContain("FAILED");
        assertThat(status(worker, sink)).contains("RUNNING").doesNotContain("FAILED");
      }
    }
    return Files.readAllLines(results);
  }

  private static String status(ConnectWorker worker, ConnectorConfig connector) {
    try {
      return worker.status(connector);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Good lines, with a broken one now and then, which must harm no other. */
  private static List<String> lines(long seed) {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int id = 0; id < LINES; id++) {
      StringBuilder line = new StringBuilder("{\"id\":").append(id).append(",\"note\":\"Zürich\",\"x\":[");
      for (int feature = 0; feature < FEATURES; feature++) {
        line.append(feature == 0 ? "" : ",").append(random.nextFloat());
      }
      lines.add(line.append("]}").toString());
      if (id % 500 == 0) {
        lines.add("{\"id\":" + id + ",\"x\":[1,2]}");
      }
    }
    return lines;
  }

  /** Waits for the file to have all lines; each change of it wakes us. */
  private void awaitResults(Supplier<String> otherwise) throws IOException, InterruptedException {
    try (WatchService watcher = directory.getFileSystem().newWatchService()) {
      results.getParent().register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!Files.exists(results) || Files.readAllLines(results).size() < LINES) {
        WatchKey key = watcher.poll(30, TimeUnit.SECONDS);
        assertThat(key).as(otherwise).isNotNull();
        key.pollEvents();
        key.reset();
      }
    }
  }

  private static List<String> withoutKafka(Pipeline pipeline, List<String> lines) {
    List<String> answers = new ArrayList<>();
    try (PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      runner.run(
          new Lines(lines),
          Memory.NONE,
          new PipelineRunner.Answers() {
            @Override
            public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
              answers.add(new String(value, UTF_8));
            }

            @Override
            public void reject(Batch batch, int record, Reject reject) {}
          });
    }
    return answers;
  }

  /** The answers by the ids that came back with them; two for one id fail. */
  private static Map<String, String> outById(List<String> results) {
    Map<String, String> outById = new HashMap<>();
    for (String result : results) {
      Matcher matcher = RESULT.matcher(result);
      assertThat(matcher.find()).as(result).isTrue();
      assertThat(outById.put(matcher.group(1), matcher.group(2))).as("another answer to " + matcher.group(1)).isNull();
    }
    return outById;
  }

  private record Lines(List<String> lines) implements PipelineRunner.Records {
    @Override
    public int size() {
      return lines.size();
    }

    @Override
    public byte[] key(int index) {
      return null;
    }

    @Override
    public byte[] value(int index) {
      return lines.get(index).getBytes(UTF_8);
    }

    @Override
    public long timestamp(int index) {
      return 0;
    }

    @Override
    public int partition(int index) {
      return 0;
    }

    @Override
    public long offset(int index) {
      return index;
    }

    @Override
    public Object origin(int index) {
      return null;
    }
  }
}
