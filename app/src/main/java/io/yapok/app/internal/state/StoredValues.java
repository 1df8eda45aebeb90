package io.yapok.app.internal.state;

import io.yapok.app.internal.JsonValue;
import io.yapok.app.internal.Utf8;
import io.yapok.state.StateCodec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How what is stored stands in a JSON object: by its schema, as text where it is a schema itself, else as bytes. */
public final class StoredValues {
  /** The fingerprint of the value's schema. */
  public static final String SCHEMA = "schema";

  public static final String VALUE = "value";

  /** Under a reserved key: UTF-8. */
  public static final String TEXT = "text";

  /** In base64. */
  public static final String BYTES = "bytes";

  private StoredValues() {}

  /** Puts a value into a JSON object. */
  public static void put(Map<String, @Nullable Object> object, StateCodec codec, byte[] key, byte[] value) {
    Optional<StateCodec.Shown> shown = codec.show(value);
    if (shown.isPresent()) {
      object.put(SCHEMA, shown.get().schema());
      object.put(VALUE, JsonValue.object(shown.get().json()));
      return;
    }
    Optional<String> text = StateCodec.isReserved(key) ? Utf8.text(value) : Optional.empty();
    text.ifPresentOrElse(plain -> object.put(TEXT, plain), () -> object.put(BYTES, Base64.getEncoder().encodeToString(value)));
  }
}
