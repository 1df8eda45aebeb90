package io.yapok.app.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes from outside as text. */
public final class Utf8 {
  private Utf8() {}

  /** The text that bytes are; empty if they are no UTF-8, where replacement characters would lose what was there. */
  public static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
