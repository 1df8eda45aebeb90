package io.yapok.perf.internal.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The same numbers in each format, from a seed: {@link #WIDTH} of them a record, between -1 and 1, and in JSON and Avro a few fields more that nobody reads. */
final class EncodedRecords {
  static final int WIDTH = 64;
  static final int RECORDS = 2048;
  static final String FIELD = "features";

  /** The id that Avro records carry. */
  static final int SCHEMA_ID = 7;

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Request", "fields": [
                {"name": "id", "type": "long"},
                {"name": "customer", "type": {"type": "record", "name": "Customer", "fields": [
                  {"name": "name", "type": "string"}, {"name": "country", "type": ["null", "string"]}]}},
                {"name": "features", "type": {"type": "array", "items": "float"}},
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "scores", "type": {"type": "map", "values": "double"}}]}
              """);

  private static final long SEED = 64;

  private final byte[][] json = new byte[RECORDS][];
  private final byte[][] avro = new byte[RECORDS][];
  private final byte[][] tensor = new byte[RECORDS][];
  private final byte[][] request = new byte[RECORDS][];
  private final byte[][] binaryRequest = new byte[RECORDS][];

  EncodedRecords() {
    Random random = new Random(SEED);
    for (int i = 0; i < RECORDS; i++) {
      float[] numbers = new float[WIDTH];
      for (int k = 0; k < WIDTH; k++) {
        numbers[k] = 2 * random.nextFloat() - 1;
      }
      json[i] = json(i, numbers);
      avro[i] = avro(i, numbers);
      tensor[i] = tensor(numbers);
      request[i] = request(i, "\"data\":" + Arrays.toString(numbers)).getBytes(StandardCharsets.US_ASCII);
      binaryRequest[i] = joined(request(i, "\"parameters\":{\"binary_data_size\":" + tensor[i].length + "}").getBytes(StandardCharsets.US_ASCII), tensor[i]);
    }
  }

  /** A buffer for the numbers of all records. */
  static FloatBuffer rows() {
    return ByteBuffer.allocateDirect(RECORDS * WIDTH * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  byte[][] json() {
    return json;
  }

  byte[][] avro() {
    return avro;
  }

  byte[][] tensor() {
    return tensor;
  }

  /** Inference requests with the numbers in JSON. */
  byte[][] request() {
    return request;
  }

  /** Inference requests with the numbers behind the JSON. */
  byte[][] binaryRequest() {
    return binaryRequest;
  }

  private static String request(int id, String data) {
    return "{\"id\":\"" + id + "\",\"inputs\":[{\"name\":\"" + FIELD + "\",\"shape\":[1," + WIDTH + "],\"datatype\":\"FP32\"," + data + "}]}";
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }

  private static byte[] json(int id, float[] numbers) {
    StringBuilder text = new StringBuilder("{\"id\":").append(id).append(",\"customer\":{\"name\":\"").append(name(id)).append("\",\"country\":\"PT\"},\"features\":[");
    for (int k = 0; k < numbers.length; k++) {
      text.append(k == 0 ? "" : ",").append(numbers[k]);
    }
    return text.append("],\"tags\":[\"new\",\"web\"],\"scores\":{\"a\":0.25,\"b\":0.5}}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String name(int id) {
    return "customer " + id % 100;
  }

  private static byte[] avro(int id, float[] numbers) {
    GenericRecord customer = new GenericData.Record(SCHEMA.getField("customer").schema());
    customer.put("name", name(id));
    customer.put("country", "PT");
    List<Float> features = new ArrayList<>(numbers.length);
    for (float number : numbers) {
      features.add(number);
    }
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("id", (long) id);
    record.put("customer", customer);
    record.put(FIELD, features);
    record.put("tags", List.of("new", "web"));
    record.put("scores", Map.of("a", 0.25, "b", 0.5));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt(SCHEMA_ID).array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(SCHEMA).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory
    }
    return bytes.toByteArray();
  }

  private static byte[] tensor(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }
}
