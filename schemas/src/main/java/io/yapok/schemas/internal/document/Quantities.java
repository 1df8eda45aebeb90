package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads amounts that carry their unit: {@code 4MiB}, {@code 5ms}. */
final class Quantities {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)\\s*([A-Za-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "kB", 1_000L, "KB", 1_000L, "KiB", 1L << 10, "MB", 1_000_000L, "MiB", 1L << 20, "GB", 1_000_000_000L, "GiB", 1L << 30);
  private static final Map<String, Long> NANOS = Map.of("us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L);
  private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(1L << 30);
  private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Duration.ofHours(1).toNanos());
  private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(Duration.ofDays(3650).toMillis());

  private final Words words;

  Quantities(Words words) {
    this.words = words;
  }

  /** A number of bytes from 1 to 1 GiB. */
  long bytes(@Nullable Yaml value, String noun, long absent) {
    Long bytes = amount(value, noun, BYTES, MOST_BYTES, "a size from 1B to 1GiB such as 4MiB, with a unit of B, KiB, MiB, GiB, KB, MB, GB");
    return bytes == null ? absent : bytes;
  }

  /** A time from 1 microsecond to 1 hour. */
  Duration time(@Nullable Yaml value, String noun, Duration absent) {
    Long nanos = amount(value, noun, NANOS, MOST_NANOS, "a time from 1us to 60min such as 5ms, with a unit of us, ms, s, min");
    return nanos == null ? absent : Duration.ofNanos(nanos);
  }

  /** A span of records' own time, from 1 millisecond to 3650 days. */
  @Nullable Duration span(@Nullable Yaml value, String noun) {
    Long millis = amount(value, noun, MILLIS, MOST_MILLIS, "a time from 1ms to 3650d such as 24h, with a unit of ms, s, min, h, d");
    return millis == null ? null : Duration.ofMillis(millis);
  }

  private @Nullable Long amount(@Nullable Yaml value, String noun, Map<String, Long> units, BigDecimal most, String wanted) {
    if (value == null) {
      return null;
    }
    Located<String> text = words.raw(value, noun);
    if (text == null) {
      return null;
    }
    Matcher form = FORM.matcher(text.value().strip());
    if (!form.matches()) {
      words.problem(noun + " is \"" + text + "\"", text.where(), "write " + wanted);
      return null;
    }
    Long unit = units.get(form.group(2));
    if (unit == null) {
      String what = form.group(2).isEmpty() ? noun + " has no unit" : noun + " has the unknown unit \"" + form.group(2) + "\"";
      words.problem(what, text.where(), "write " + wanted);
      return null;
    }
    BigDecimal amount = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
    if (amount.compareTo(BigDecimal.ONE) < 0 || amount.compareTo(most) > 0) {
      words.problem(noun + " is " + text, text.where(), "write " + wanted);
      return null;
    }
    return amount.longValue();
  }
}
