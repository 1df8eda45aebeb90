package io.yapok.topology;

import static io.yapok.topology.TensorPipelines.LR64;
import static io.yapok.topology.TensorPipelines.RANKING;
import static io.yapok.topology.TensorPipelines.bytes;
import static io.yapok.topology.TensorPipelines.features;
import static io.yapok.topology.TensorPipelines.headers;
import static io.yapok.topology.TensorPipelines.little;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.ResultHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and results that are tensors, through a real model and the topology, without a broker. */
class TensorPipelineTest {
  @TempDir private Path directory;

  @Test
  void shouldAnswerATensorAsTheSameNumbersInJsonAndSayTheRestInHeaders() {
    String json = LR64.replace("format: tensor", "format: json");
    for (int number = 0; number < 20; number++) {
      float[] x = features(1, number);
      TestRecord<byte[], byte[]> tensor = run(LR64, bytes(x));
      String text = new String(run(json, ("{\"x\":" + Arrays.toString(x) + "}").getBytes(UTF_8)).value(), UTF_8);

      float score = little(tensor.value()).getFloat();
      assertThat(tensor.value()).hasSize(4);
      assertThat(text).contains("\"out\":{\"score\":[" + score + "]}");
      Map<String, String> headers = headers(tensor.headers());
      assertThat(headers).containsKeys("yapok-pipeline", "yapok-models").containsEntry("yapok-outputs", "score:FP32[1]");
      assertThat(headers.get("yapok-pipeline")).matches("lr64@[0-9a-f]{16}");
      assertThat(headers.get("yapok-models")).matches("lr64/1@[0-9a-f]{16}");
      assertThat(headers.get("yapok-anomaly")).isEqualTo(score > 0.5 ? "high" : null);
    }
  }

  @Test
  void shouldTakeTheSameNumbersFromATensorIntoJsonAndFromJsonIntoATensor() {
    float[] x = features(1, 3);
    String fromTensor = new String(run(LR64.replace("lr64-out, format: tensor", "lr64-out, format: json"), bytes(x)).value(), UTF_8);
    byte[] toTensor = run(LR64.replace("lr64, format: tensor", "lr64, format: json"), ("{\"x\":" + Arrays.toString(x) + "}").getBytes(UTF_8)).value();

    assertThat(fromTensor).contains("\"in\":{\"x\":" + Arrays.toString(x).replace(" ", "") + "},\"out\":{\"score\":[" + little(toTensor).getFloat() + "]}");
  }

  @Test
  void shouldReplaceTheHeadersOfAnEarlierPipelineAndKeepAllOthers() {
    float[] high = IntStream.range(0, 1000).mapToObj(number -> features(1, number)).filter(x -> score(x) > 0.5).findFirst().orElseThrow();
    float[] low = IntStream.range(0, 1000).mapToObj(number -> features(1, number)).filter(x -> score(x) <= 0.5).findFirst().orElseThrow();
    RecordHeaders earlier = new RecordHeaders();
    for (String name : List.of("traceparent", "yapok-pipeline", "yapok-anomaly", "yapok-anomaly")) {
      earlier.add(name, "earlier".getBytes(UTF_8));
    }

    assertThat(headers(run(LR64, bytes(high), earlier).headers())).hasSize(5).containsEntry("traceparent", "earlier").containsEntry("yapok-anomaly", "high");
    Map<String, String> unflagged = headers(run(LR64, bytes(low), earlier).headers());
    assertThat(unflagged).hasSize(4).containsEntry("traceparent", "earlier").doesNotContainKey("yapok-anomaly");
    assertThat(unflagged.get("yapok-pipeline")).startsWith("lr64@");
  }

  @Test
  void shouldRankTheRowsOfATensor() {
    int rows = 674;
    float[] x = features(rows, 1);
    TestRecord<byte[], byte[]> ranked = run(RANKING, bytes(x));
    ByteBuffer scores = little(run(RANKING.replaceAll("(?m)^ +- rank:.*\n", ""), bytes(x)).value());
    assertThat(scores.remaining()).isEqualTo(rows * 4);

    int[] best =
        IntStream.range(0, rows).boxed().sorted(Comparator.comparing((Integer row) -> scores.getFloat(4 * row)).reversed()).limit(10).mapToInt(row -> row).toArray();
    ByteBuffer result = little(ranked.value());
    assertThat(result.remaining()).isEqualTo(10 * (4 + 4));
    assertThat(IntStream.generate(result::getInt).limit(10).toArray()).isEqualTo(best);
    for (int row : best) {
      assertThat(result.getFloat()).isEqualTo(scores.getFloat(4 * row));
    }
    assertThat(headers(ranked.headers())).containsEntry("yapok-outputs", "ranked:INT32[10],ranked.score:FP32[10,1]");
  }

  @Test
  void shouldAnswerARecordWithoutRows() {
    TestRecord<byte[], byte[]> ranked = run(RANKING, new byte[0]);

    assertThat(ranked.value()).isEmpty();
    assertThat(headers(ranked.headers())).containsEntry("yapok-outputs", "ranked:INT32[0],ranked.score:FP32[0,1]");
  }

  @Test
  void shouldSendATensorOfAnotherLengthOrWithNaNToTheDeadLetterTopicWithoutHeadersOfResults() {
    float[] nan = features(1, 1);
    nan[63] = Float.NaN;

    assertThat(headers(run(LR64, bytes(nan)).headers()))
        .containsEntry("yapok.reject.reason", "nonfinite_input")
        .containsEntry("yapok.reject.field", "x")
        .doesNotContainKey("yapok-pipeline");
    assertThat(headers(run(LR64, new byte[255]).headers()))
        .containsEntry("yapok.reject.reason", "wrong_size")
        .containsEntry("yapok.reject.message", "float32[64], 256 bytes expected, 255 came");
    assertThat(headers(run(LR64, null).headers())).containsEntry("yapok.reject.reason", "null_value");
  }

  @Test
  void shouldTakeTheShapeOfAnImageFromItsHeader() throws IOException {
    OnnxType image = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.named("height"), Dim.named("width"));
    Graph.named("open").input("x", image).node(Node.of("Identity").in("x").out("y")).output("y", image).toModel().writeTo(directory.resolve("open.onnx"));
    String yaml = LR64.replace("lr64.onnx", "open.onnx").replaceAll("(?m)^ +- validate:.*\n", "");
    RecordHeaders shape = new RecordHeaders();
    shape.add("yapok-shape", "[2,3]".getBytes(UTF_8));

    TestRecord<byte[], byte[]> answer = run(yaml, bytes(1, 2, 3, 4, 5, 6), shape);
    TestRecord<byte[], byte[]> refused = run(yaml, bytes(1, 2, 3, 4, 5, 6));

    assertThat(answer.value()).isEqualTo(bytes(1, 2, 3, 4, 5, 6));
    assertThat(headers(answer.headers())).containsEntry("yapok-outputs", "y:FP32[2,3]").doesNotContainKey("yapok-shape");
    assertThat(headers(refused.headers())).containsEntry("yapok.reject.reason", "missing_field").containsEntry("yapok.reject.field", "yapok-shape");
  }

  @Test
  void shouldPassATombstoneOnAsItCame() {
    TestRecord<byte[], byte[]> tombstone = run(LR64.replace("{topic: lr64,", "{topic: lr64, tombstone: pass,"), null);

    assertThat(tombstone.value()).isNull();
    assertThat(tombstone.headers()).isEmpty();
  }

  @Test
  void shouldGiveTheConstantHeadersOfARecordWithoutRunningOne() {
    try (Pipeline pipeline = TensorPipelines.load(directory, LR64)) {
      Batch batch = new Batch(pipeline.current().layout(), 1 << 10);
      int record = batch.addRecord(null, new byte[0], 0, 0, 0, null);
      List<ResultHeader> constant = Formats.encoder("tensor", pipeline.current().result()).headers(batch, record);

      Map<String, String> sent = headers(run(LR64, bytes(IntStream.range(0, 1000).mapToObj(number -> features(1, number)).filter(x -> score(x) <= 0.5).findFirst().orElseThrow())).headers());
      assertThat(constant.stream().filter(header -> header.value() != null)).hasSize(3).allSatisfy(header -> assertThat(sent).containsEntry(header.name(), new String(header.value(), UTF_8)));
    }
  }

  @Test
  void shouldDoWhatItsPageSays() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "tensor.md"));
    var yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertThat(yaml.find()).isTrue();

    Map<String, String> sent = headers(run(yaml.group(1), bytes(features(1, 1))).headers());

    assertThat(sent).containsOnlyKeys("yapok-pipeline", "yapok-models", "yapok-outputs");
    assertThat(List.of("yapok-pipeline", "yapok-models", "yapok-outputs", "yapok-anomaly")).allSatisfy(header -> assertThat(page).contains("\n| `" + header + "` |"));
  }

  private float score(float[] x) {
    return little(run(LR64, bytes(x)).value()).getFloat();
  }

  private TestRecord<byte[], byte[]> run(String yaml, byte[] value) {
    return run(yaml, value, new RecordHeaders());
  }

  /** What became of one record: its result, else its dead letter. */
  private TestRecord<byte[], byte[]> run(String yaml, byte[] value, RecordHeaders headers) {
    var config = new Properties();
    config.putAll(Map.of(StreamsConfig.APPLICATION_ID_CONFIG, "app", StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1"));
    try (Pipeline pipeline = TensorPipelines.load(directory, yaml);
        var driver = new TopologyTestDriver(Yapok.topology(pipeline, "app"), config)) {
      driver
          .createInputTopic("lr64", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new TestRecord<>("k".getBytes(UTF_8), value, new RecordHeaders(headers), Instant.ofEpochMilli(5)));
      var results = driver.createOutputTopic("lr64-out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      var rejects = driver.createOutputTopic("lr64-bad", new ByteArrayDeserializer(), new ByteArrayDeserializer());
      assertThat(results.getQueueSize() + rejects.getQueueSize()).isEqualTo(1);
      return (results.isEmpty() ? rejects : results).readRecord();
    }
  }
}
