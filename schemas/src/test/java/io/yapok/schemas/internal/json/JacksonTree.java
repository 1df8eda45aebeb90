package io.yapok.schemas.internal.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON with somebody else's parser, to compare ours with: maps, lists, strings, booleans, nulls, and numbers as they are written. */
public final class JacksonTree {
  private static final JsonFactory FACTORY = factory(JsonCursor.MAX_DEPTH);

  /** For results, in which a record stands deeper than by itself. */
  private static final JsonFactory DEEP = factory(2 * JsonCursor.MAX_DEPTH);

  private static JsonFactory factory(int depth) {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(depth).maxNumberLength(JsonNumber.MAX_LENGTH).maxNameLength(Integer.MAX_VALUE).build())
        .build();
  }

  private JacksonTree() {}

  /** A number's text. */
  public record Num(String text) {}

  /** Whether the bytes are one JSON document in UTF-8, by the JDK's decoder and Jackson's grammar. */
  public static boolean isJson(byte[] bytes) {
    try {
      read(bytes);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether Jackson refuses bytes only because a name has half of an escaped surrogate pair, which RFC 8259 lets it have, and which Jackson itself takes in values. */
  public static boolean isNameOfHalfAPair(byte[] bytes) {
    try {
      read(bytes);
      return false;
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage()).contains("surrogate in property name");
    }
  }

  public static @Nullable Object read(byte[] bytes) {
    return read(bytes, FACTORY);
  }

  /** As {@link #read}, of documents that may be as deep again as those that we read. */
  public static @Nullable Object readResult(byte[] bytes) {
    return read(bytes, DEEP);
  }

  private static @Nullable Object read(byte[] bytes, JsonFactory factory) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes));
      if (text.toString().indexOf('\0') >= 0 || text.toString().startsWith("\ufeff")) {
        throw new IllegalArgumentException("Jackson would take it for UTF-16, or pass over a byte order mark");
      }
      // From bytes: its parser of characters takes the letter U+0233 for the digit 3 of an escape.
      try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes)) {
        JsonToken first = parser.nextToken();
        if (first == null) {
          throw new IllegalArgumentException("empty");
        }
        Object value = value(parser, first);
        if (parser.nextToken() != null) {
          throw new IllegalArgumentException("more than one document");
        }
        return value;
      }
    } catch (CharacterCodingException | JacksonException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalArgumentException("unexpected " + token);
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return elements;
  }
}
