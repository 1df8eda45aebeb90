package io.yapok.schemas.fuzz;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Inference requests, with the numbers in JSON and behind it. */
final class OipTarget implements FuzzTarget {
  private static final String GOOD = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2.5]}]}";

  private final Pipeline one =
      pipeline(
          new Fields()
              .need("x", ElementType.FLOAT32, 2)
              .with("none", "t", ElementType.TEXT, -1)
              .with(0L, "n", ElementType.INT64)
              .with(0.0, "v", ElementType.FLOAT64, -1, 2)
              .with(false, "b", ElementType.BOOL, 3)
              .with(0.0, "h", ElementType.FLOAT16, 1)
              .with(0L, "u", ElementType.UINT8, -1)
              .source(null),
          1 << 20);
  private final Pipeline many = pipeline(new Fields().need("x", ElementType.FLOAT32, 2).with("none", "t", ElementType.TEXT).with(0L, "n", ElementType.INT16, 0).with(0L, "u", ElementType.INT8, -1).source("x"), 200);

  private static Pipeline pipeline(SourceSchema source, long bytes) {
    return new Pipeline("oip", source, Registry.of(), GOOD.getBytes(StandardCharsets.UTF_8), bytes, "x");
  }

  @Override
  public String name() {
    return "oip";
  }

  @Override
  public List<byte[]> seeds() {
    byte[] texts = {3, 0, 0, 0, 'c', 'a', 'f', 0, 0, 0, 0};
    return List.of(
        text(GOOD),
        text("{\"id\":\"42\",\"parameters\":{\"sequence_id\":7},\"inputs\":[{\"name\":\"unread\",\"shape\":[1,2],\"datatype\":\"INT64\",\"data\":[1,2]},{\"data\":[[[1e2,\"NaN\"]]],\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\"},{\"name\":\"t\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"caf\\u00e9\",\"\"]}],\"outputs\":[{\"name\":\"y\"}]}"),
        text("{\"inputs\":[{\"name\":\"x\",\"shape\":[3,2],\"datatype\":\"FP32\",\"data\":[[1,2],[3,4],[5,6]]},{\"name\":\"t\",\"shape\":[3],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\",\"c\"]},{\"name\":\"u\",\"shape\":[3,0],\"datatype\":\"INT8\",\"data\":[]},{\"name\":\"n\",\"shape\":[3,0],\"datatype\":\"INT16\",\"data\":[]}]}"),
        text("{\"inputs\":[{\"name\":\"x\",\"shape\":[0,2],\"datatype\":\"FP32\",\"data\":[]}]}"),
        binary("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}},{\"name\":\"b\",\"shape\":[3],\"datatype\":\"BOOL\",\"parameters\":{\"binary_data_size\":3}}]}", new byte[] {0, 0, -64, 63, 0, 0, 32, 64, 1, 0, 1}),
        binary("{\"inputs\":[{\"name\":\"t\",\"shape\":[1,2],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":11}},{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[0,1]}]}", texts),
        binary("{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":16}},{\"name\":\"t\",\"shape\":[2,1],\"datatype\":\"BYTES\",\"parameters\":{\"binary_data_size\":11}}]}", ByteBuffer.allocate(27).put(new byte[16]).put(texts).array()));
  }

  private static byte[] text(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] binary(String json, byte[] data) {
    byte[] head = text(json);
    return ByteBuffer.allocate(head.length + data.length).put(head).put(data).array();
  }

  @Override
  public List<String> words() {
    return List.of(
        "{\"name\":\"x\",", "\"name\":\"t\"", "\"name\":\"n\"", "\"name\":\"v\"", "\"name\":\"b\"", "\"name\":\"h\"", "\"name\":\"u\"", "\"shape\":[", "\"datatype\":\"", "\"data\":[", "\"parameters\":{\"binary_data_size\":", "FP32", "FP64", "FP16", "INT64", "INT16", "INT8", "UINT8", "BOOL", "BYTES", "\"inputs\":[", "4294967297");
  }

  @Override
  public void read(byte[] input) {
    one.read(input);
    many.read(input);
  }
}
