package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.AvroBytes;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.WriterSchemas.Written;
import io.yapok.schemas.WriterSchemas;
import io.yapok.topology.internal.SourceRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model and the same numbers in every format that a source may have: the answers are the same, bit for bit. */
class FiveFormatsTest {
  /** {@code -Dyapok.formats.records=100000} for more. */
  private static final int RECORDS = Integer.getInteger("yapok.formats.records", 5_000);

  private static final int BATCH = 500;
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Request", "fields": [{"name": "note", "type": ["null", "string"]}, {"name": "x", "type": {"type": "array", "items": "float"}},
                {"name": "more", "type": {"type": "map", "values": "long"}}]}
              """);

  @TempDir private Path directory;

  private interface Encoding {
    byte[] of(int id, float[] numbers) throws IOException;
  }

  @Test
  void shouldGiveTheSameAnswersWhateverTheFormat() throws IOException {
    List<byte[]> tensor = answers("tensor", (id, x) -> TensorPipelines.bytes(x));

    assertThat(tensor).hasSize(RECORDS);
    assertSame(tensor, answers("json", (id, x) -> ("{\"id\":" + id + ",\"x\":" + Arrays.toString(x) + "}").getBytes(UTF_8)));
    assertSame(tensor, answers("avro", FiveFormatsTest::avro));
    assertSame(tensor, answers("oip", (id, x) -> request(id, "\"data\":" + Arrays.toString(x))));
    assertSame(tensor, answers("oip", (id, x) -> joined(request(id, "\"parameters\":{\"binary_data_size\":" + 4 * x.length + "}"), TensorPipelines.bytes(x))));
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as("record %d", i).isEqualTo(expected.get(i));
    }
  }

  private List<byte[]> answers(String format, Encoding encoding) throws IOException {
    WriterSchemas schemas = id -> new Written(SCHEMA.toString(), List.of());
    List<byte[]> answers = new ArrayList<>();
    PipelineRunner.Answers kept =
        new PipelineRunner.Answers() {
          @Override
          public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
            answers.add(value);
          }

          @Override
          public void reject(Batch batch, int record, Reject reject) {
            throw new AssertionError(reject.toString());
          }
        };
    try (Pipeline pipeline = TensorPipelines.load(directory, TensorPipelines.LR64.replace("topic: lr64, format: tensor", "topic: lr64, format: " + format));
        PipelineRunner runner = pipeline.runner(schemas)) {
      for (int from = 0; from < RECORDS; from += BATCH) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(BATCH);
        for (int id = from; id < from + BATCH; id++) {
          byte[] value = encoding.of(id, TensorPipelines.features(1, id));
          records.add(new ConsumerRecord<>("lr64", 0, id, 5, TimestampType.CREATE_TIME, -1, -1, null, value, new RecordHeaders(), Optional.empty()));
        }
        runner.run(SourceRecords.of(records), Memory.NONE, kept);
      }
    }
    return answers;
  }

  private static byte[] avro(int id, float[] x) {
    List<Float> numbers = new ArrayList<>();
    for (float number : x) {
      numbers.add(number);
    }
    Map<String, Object> fields = new HashMap<>(Map.of("x", numbers, "more", Map.of("a", (long) id)));
    fields.put("note", id % 2 == 0 ? null : "note " + id);
    return AvroBytes.framed(1, SCHEMA, fields);
  }

  private static byte[] request(int id, String data) {
    return ("{\"id\":\"" + id + "\",\"inputs\":[{\"name\":\"x\",\"shape\":[1,64],\"datatype\":\"FP32\"," + data + "}]}").getBytes(UTF_8);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }
}
