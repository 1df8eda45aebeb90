package io.yapok.connect.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON file whose strings have places to fill in: {@code @NAME@}, which neither a shell nor Connect's own {@code ${...}} takes for something else. */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("@([A-Z]+)@");

  private final String text;

  private Template(String text) {
    this.text = text;
  }

  /** The template in {@code io/yapok/connect/NAME.json}. */
  public static Template named(String name) {
    String resource = "/io/yapok/connect/" + name + ".json";
    try (InputStream file = Objects.requireNonNull(Template.class.getResourceAsStream(resource), resource)) {
      return new Template(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  /**
   * The JSON with every place filled in by the value of its name; values may hold any character.
   *
   * @throws NullPointerException if a place has no value
   */
  public String fill(Map<String, String> values) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
  }

  private static String value(MatchResult place, Map<String, String> values) {
    return escape(Objects.requireNonNull(values.get(place.group(1)), place.group()));
  }

  /** What JSON asks for inside a string (RFC 8259, section 7). */
  private static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (int at = 0; at < value.length(); at++) {
      char c = value.charAt(at);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
