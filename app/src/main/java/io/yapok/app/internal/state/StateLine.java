package io.yapok.app.internal.state;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.JsonValue;
import io.yapok.state.StateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file of state: a key with what is stored under it.
 *
 * @param key nobody may change it
 * @param value nobody may change it
 * @param partition where it was, of {@code partitions}; -1 where the file does not say
 * @param partitions how many there were
 */
record StateLine(byte[] key, byte[] value, int partition, int partitions) {
  private static final String PARTITION = "partition";
  private static final String PARTITIONS = "partitions";

  StateLine {
    if (partition < -1 || (partition >= 0 && partition >= partitions)) {
      throw new IllegalArgumentException("there is no partition " + partition + " of " + partitions);
    }
  }

  /** The line, without its end. */
  String json(StateCodec codec, KeyFormat format) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    format.put(object, key);
    object.put(PARTITION, partition);
    object.put(PARTITIONS, partitions);
    StoredValues.put(object, codec, key, value);
    return JsonText.of(object);
  }

  /**
   * Reads a line, and takes note of the schema if it has one.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static StateLine parse(String json, StateCodec codec) {
    Map<String, @Nullable Object> object = JsonValue.object(json);
    byte[] key = KeyFormat.keyOf(object);
    byte[] value = value(object, codec);
    codec.learn(key, value);
    return new StateLine(key, value, number(object, PARTITION, -1), number(object, PARTITIONS, 0));
  }

  private static byte[] value(Map<String, @Nullable Object> object, StateCodec codec) {
    if (object.get(StoredValues.VALUE) instanceof Map<?, ?> value) {
      if (object.get(StoredValues.SCHEMA) instanceof String schema) {
        return codec.bytes(new StateCodec.Shown(schema, JsonText.of(value)));
      }
      throw new IllegalArgumentException("which schema is the value of? give \"" + StoredValues.SCHEMA + "\"");
    }
    if (object.get(StoredValues.TEXT) instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    if (object.get(StoredValues.BYTES) instanceof String bytes) {
      return Base64.getDecoder().decode(bytes);
    }
    throw new IllegalArgumentException("a value is missing: \"" + StoredValues.VALUE + "\", \"" + StoredValues.TEXT + "\" or \"" + StoredValues.BYTES + "\"");
  }

  private static int number(Map<String, @Nullable Object> object, String name, int otherwise) {
    Object value = object.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw new IllegalArgumentException("\"" + name + "\" is a number from 0 on");
  }
}
