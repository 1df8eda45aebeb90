package io.yapok.app.internal.state;

import io.yapok.app.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How people write keys, which are bytes. */
public enum KeyFormat {
  /** As UTF-8; a key that is none is shown in hexadecimal. */
  TEXT,
  HEX;

  /** The member of a JSON object that holds a key as text. */
  public static final String KEY = "key";

  /** The member that holds a key in hexadecimal. */
  public static final String KEY_HEX = "key_hex";

  /**
   * The bytes of a key that was written so.
   *
   * @throws IllegalArgumentException if it is no hexadecimal where it should be
   */
  public byte[] bytes(String text) {
    return this == TEXT ? text.getBytes(StandardCharsets.UTF_8) : HexFormat.of().parseHex(text);
  }

  /** Puts a key into a JSON object. */
  public void put(Map<String, @Nullable Object> object, byte[] key) {
    Optional<String> text = this == TEXT ? Utf8.text(key) : Optional.empty();
    text.ifPresentOrElse(shown -> object.put(KEY, shown), () -> object.put(KEY_HEX, HexFormat.of().formatHex(key)));
  }

  /**
   * The key of a JSON object.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static byte[] keyOf(Map<?, ?> object) {
    if (object.get(KEY) instanceof String text) {
      return TEXT.bytes(text);
    }
    if (object.get(KEY_HEX) instanceof String hex) {
      return HEX.bytes(hex);
    }
    throw new IllegalArgumentException("a key is missing: \"" + KEY + "\" or \"" + KEY_HEX + "\"");
  }
}
