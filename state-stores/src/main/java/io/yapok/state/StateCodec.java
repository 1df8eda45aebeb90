package io.yapok.state;

import io.yapok.state.internal.AvroValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Shows what is stored under a key as JSON, and reads it back: Avro's own encoding in JSON, by the schema that the value names and that stands in the same store under a reserved
 * key. Knows nothing of features, so it shows values of older and newer versions too. For one thread.
 */
public final class StateCodec {
  private static final byte[] RESERVED = "\0yapok\0".getBytes(StandardCharsets.UTF_8);

  private final AvroValues values = new AvroValues();

  /** Whether a key is none of the pipeline's, but one under which a schema or the like stands. */
  public static boolean isReserved(byte[] key) {
    return key.length >= RESERVED.length && Arrays.equals(key, 0, RESERVED.length, RESERVED, 0, RESERVED.length);
  }

  /** What all reserved keys begin with. */
  public static byte[] reservedPrefix() {
    return RESERVED.clone();
  }

  /** Takes note of what stands under a reserved key; other keys, and what is no schema, are left alone. */
  public void learn(byte[] key, byte[] value) {
    if (isReserved(key)) {
      values.learn(value);
    }
  }

  /**
   * A value for people.
   *
   * @return empty for a value whose schema is not known, or that would not come back as the same bytes
   */
  public Optional<Shown> show(byte[] value) {
    return values.schemaOf(value).flatMap(schema -> values.toJson(schema, value).map(json -> new Shown(schema, json)));
  }

  /**
   * The bytes of a value that was shown.
   *
   * @throws IllegalArgumentException if the schema is not known, or the value is not one of it; the message says what is wrong
   */
  public byte[] bytes(Shown shown) {
    return values.toBytes(shown.schema(), shown.json());
  }

  /**
   * A value as JSON.
   *
   * @param schema the fingerprint of its schema, 16 hexadecimal digits
   * @param json one JSON object
   */
  public record Shown(String schema, String json) {}
}
