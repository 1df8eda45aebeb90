package io.yapok.app.internal.rejects;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A record's place in a topic; {@code 3:1405} as text. */
public record RecordPlace(int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

  /** The place that a text names; empty if it names none. */
  public static Optional<RecordPlace> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches() ? Optional.of(new RecordPlace(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)))) : Optional.empty();
  }

  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
