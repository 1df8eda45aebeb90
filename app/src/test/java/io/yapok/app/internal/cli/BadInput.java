package io.yapok.app.internal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.app.internal.TestPipeline;
import io.yapok.schemas.AvroBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A format's records: good ones, and one for each way in which they can be bad.
 *
 * @param yaml a pipeline that answers the good ones; NAME and REGISTRY are to be replaced
 * @param mended the pipeline after its repair
 * @param fixable what the mended pipeline, or a registry that has learnt {@link #LATE_SCHEMA}, answers
 * @param wrong by the reason that it must be rejected for
 */
record BadInput(String yaml, String mended, Set<String> fixable, IntFunction<byte[]> good, SequencedMap<String, IntFunction<byte @Nullable []>> wrong) {
  /** An id that the registry does not have at first. */
  static final int LATE_SCHEMA = 99;

  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"R","fields":[
                {"name":"id","type":"int"},{"name":"note","type":"string"},
                {"name":"features","type":[{"type":"array","items":"double"},"string"]},{"name":"inner","type":["null","R"],"default":null}]}""");

  static final Schema WITHOUT_FEATURES =
      new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"note\",\"type\":\"string\"}]}");

  private static final String AVRO =
      """
      name: NAME
      source: {topic: NAME, format: avro, fields: {note: text}}
      steps:
        - model: lr.onnx
          inputs: {x: features}
        - validate: {odd: note == "odd"}
      sink: {topic: NAME-out, format: json}
      rejects: {topic: NAME-bad}
      kafka: {schema.registry.url: "REGISTRY"}
      """;

  private static final String TENSOR =
      """
      name: NAME
      source: {topic: NAME, format: tensor}
      steps:
        - {model: lr.onnx}
      sink: {topic: NAME-out, format: json}
      rejects: {topic: NAME-bad}
      """;

  private static final String REQUESTS =
      """
      name: NAME
      source: {topic: NAME, format: oip, rows: x, fields: {w: float32}}
      steps:
        - {model: lr.onnx}
        - transform: {heavy: w * 100.0}
      sink: {topic: NAME-out, format: json}
      rejects: {topic: NAME-bad}
      """;

  /** The formats, by name. */
  static final Map<String, BadInput> ALL = new TreeMap<>(Map.of("json", json(), "avro", avro(), "tensor", tensor(), "oip", requests()));

  private static BadInput json() {
    var wrong = new TreeMap<String, IntFunction<byte @Nullable []>>();
    wrong.put("null_value", id -> null);
    wrong.put("malformed", id -> text("record " + id));
    wrong.put("truncated", id -> text("{\"id\":" + id + ",\"features\":[1,2"));
    wrong.put("trailing_bytes", id -> text(TestPipeline.record(id) + "}"));
    wrong.put("too_deep", id -> text("{\"deep\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"features\":[1,2,3,4]}"));
    wrong.put("duplicate_field", id -> text("{\"features\":[1,2,3,4],\"features\":[1,2,3,4]}"));
    wrong.put("invalid_utf8", id -> "{\"note\":\"caf\u00e9\",\"features\":[1,2,3,4]}".getBytes(ISO_8859_1));
    wrong.put("nonfinite_literal", id -> text("{\"features\":[1,NaN,3,4]}"));
    wrong.put("nonfinite_input", id -> text("{\"features\":[1,\"NaN\",3,4]}"));
    wrong.put("missing_field", id -> text("{\"id\":" + id + "}"));
    wrong.put("wrong_type", id -> text("{\"features\":[1,\"x\",3,4]}"));
    wrong.put("wrong_shape", id -> text("{\"features\":[1,2,3]}"));
    wrong.put("uneven_rows", id -> text("{\"features\":[[1,2,3],[4]]}"));
    wrong.put("out_of_range", id -> text("{\"features\":[1,2,3e60,4]}"));
    return new BadInput(TestPipeline.YAML, withDefault(TestPipeline.YAML), Set.of("missing_field"), id -> text(TestPipeline.record(id)), wrong);
  }

  private static BadInput avro() {
    var wrong = new TreeMap<String, IntFunction<byte @Nullable []>>();
    wrong.put("null_value", id -> null);
    wrong.put("not_framed", id -> text(TestPipeline.record(id)));
    wrong.put("unknown_schema", id -> avro(LATE_SCHEMA, id, List.of(0.25, 1.0, 2.0, id / 1000.0)));
    wrong.put("missing_field", id -> AvroBytes.framed(2, WITHOUT_FEATURES, Map.of("id", id, "note", "n")));
    wrong.put("wrong_type", id -> avro(1, id, "0.1 0.2 0.3 0.4"));
    wrong.put("wrong_shape", id -> avro(1, id, List.of(1.0, 2.0, 3.0)));
    wrong.put("out_of_range", id -> avro(1, id, List.of(1.0, 2.0, 3e60, 4.0)));
    wrong.put("nonfinite_input", id -> avro(1, id, List.of(1.0, 2.0, 3.0, Double.NaN)));
    wrong.put("truncated", id -> Arrays.copyOf(goodAvro(id), goodAvro(id).length - 5));
    wrong.put("trailing_bytes", id -> Arrays.copyOf(goodAvro(id), goodAvro(id).length + 1));
    wrong.put("malformed", id -> framed(bytes(0xFF).repeat(11)));
    wrong.put("wrong_length", id -> framed(bytes(0, 0x80, 0x80, 0x80, 0x80, 0x10)));
    wrong.put("invalid_utf8", id -> framed(bytes(0, 2, 0xFF, 0) + bytes(8) + bytes(0).repeat(32) + bytes(0, 0)));
    wrong.put("wrong_branch", id -> framed(bytes(0, 0, 8)));
    wrong.put("too_deep", id -> framed(bytes(0, 0, 0, 8) + bytes(0).repeat(32) + bytes(0) + bytes(2, 0, 0, 0, 0).repeat(300) + bytes(0)));
    return new BadInput(AVRO, withDefault(AVRO), Set.of("missing_field", "unknown_schema"), BadInput::goodAvro, wrong);
  }

  private static BadInput tensor() {
    var wrong = new TreeMap<String, IntFunction<byte @Nullable []>>();
    wrong.put("null_value", id -> null);
    wrong.put("wrong_size", id -> Arrays.copyOf(floats(id, 1, 2, 3), 15));
    wrong.put("nonfinite_input", id -> floats(id, 1, Float.NaN, 3));
    return new BadInput(TENSOR, TENSOR.replace("lr.onnx}", "lr.onnx, nonfinite: allow}"), Set.of("nonfinite_input"), id -> floats(id, 1, 2, 3), wrong);
  }

  private static BadInput requests() {
    var wrong = new TreeMap<String, IntFunction<byte @Nullable []>>();
    String good = request(input("x", "[2,4]", "1,2,3,4,5,6,7,8"), input("w", "[2]", "1,2"));
    wrong.put("null_value", id -> null);
    wrong.put("malformed", id -> text("[]"));
    wrong.put("truncated", id -> text(good.substring(0, good.length() - 9)));
    wrong.put("trailing_bytes", id -> text(good + "x"));
    wrong.put("too_deep", id -> text("{\"parameters\":" + "[".repeat(10_000) + "]".repeat(10_000) + "," + good.substring(1)));
    wrong.put("duplicate_field", id -> text(request(input("x", "[1,4]", "1,2,3,4"), input("x", "[1,4]", "1,2,3,4"), input("w", "[1]", "1"))));
    wrong.put("invalid_utf8", id -> ("{\"id\":\"\u00e9\"," + good.substring(1)).getBytes(ISO_8859_1));
    wrong.put("nonfinite_literal", id -> text(request(input("x", "[1,4]", "1,Infinity,3,4"), input("w", "[1]", "1"))));
    wrong.put("nonfinite_input", id -> text(request(input("x", "[1,4]", "1,\"Infinity\",3,4"), input("w", "[1]", "1"))));
    wrong.put("missing_field", id -> text(request(input("x", "[2,4]", id + ",2,3,4,5,6,7,8"))));
    wrong.put("wrong_type", id -> text(good.replace("FP32", "BYTES")));
    wrong.put("wrong_shape", id -> text(request(input("x", "[2,3]", "1,2,3,4,5,6"), input("w", "[2]", "1,2"))));
    wrong.put("wrong_size", id -> join(text(request(input("w", "[1]", "1"), binary("x", 16))), new byte[15]));
    wrong.put("uneven_rows", id -> text(request(input("x", "[2,4]", "1,2,3,4,5,6,7,8"), input("w", "[1]", "1"))));
    wrong.put("out_of_range", id -> text(request(input("x", "[1,4]", "1,2,3,4e60"), input("w", "[1]", "1"))));
    return new BadInput(REQUESTS, REQUESTS.replace("w: float32", "w: {type: float32, default: 0.5}"), Set.of("missing_field"), BadInput::goodRequest, wrong);
  }

  /** Every other one has its data in binary. */
  private static byte[] goodRequest(int id) {
    return id % 2 == 0
        ? text(request(input("x", "[1,4]", id + ",2,3,4"), input("w", "[1]", "1")))
        : join(text(request(input("w", "[1]", "1"), binary("x", 16))), floats(id, 2, 3, 4));
  }

  private static byte[] goodAvro(int id) {
    return avro(1, id, List.of(id / 5000.0, id % 7.0, 0.5, -1.0));
  }

  private static byte[] avro(int schema, int id, Object features) {
    return AvroBytes.framed(schema, SCHEMA, Map.of("id", id, "note", "n" + id, "features", features));
  }

  /** The pipeline when it takes records without features. */
  static String withDefault(String yaml) {
    return yaml.replace("inputs: {x: features}", "inputs: {x: {field: features, default: 0.5}}");
  }

  private static String request(String... inputs) {
    return "{\"inputs\":[" + String.join(",", inputs) + "]}";
  }

  private static String input(String name, String shape, String data) {
    return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"FP32\",\"data\":[" + data + "]}";
  }

  private static String binary(String name, int size) {
    return "{\"name\":\"" + name + "\",\"shape\":[1,4],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":" + size + "}}";
  }

  private static byte[] floats(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static byte[] join(byte[] first, byte[] second) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  /** What stands behind schema 1's frame, a character a byte. */
  private static byte[] framed(String content) {
    return join(new byte[] {0, 0, 0, 0, 1}, content.getBytes(ISO_8859_1));
  }

  private static String bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
