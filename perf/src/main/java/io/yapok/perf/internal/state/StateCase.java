package io.yapok.perf.internal.state;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place in the matrix; as text {@code 5-100k-hit}.
 *
 * @param features that are remembered of each key, the first so many of {@link FeatureSet}
 * @param keys known before the clock starts
 * @param hit whether records are of those keys, or each of a new one
 */
public record StateCase(int features, int keys, boolean hit) {
  /** What is measured unless told. */
  public static final List<StateCase> USUAL =
      List.of(
          new StateCase(0, 1_000, true),
          new StateCase(1, 1_000, true),
          new StateCase(5, 1_000, true),
          new StateCase(20, 1_000, true),
          new StateCase(5, 100_000, true),
          new StateCase(5, 1_000_000, true),
          new StateCase(5, 1_000_000, false));

  private static final int MAX_KEYS = 10_000_000;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,2})-(\\d{1,8})([km]?)-(hit|miss)");

  public StateCase {
    if (!FeatureSet.SIZES.contains(features) || keys < 1 || keys > MAX_KEYS) {
      throw new IllegalArgumentException("a case has 0, 1, 5 or 20 features and 1 to " + MAX_KEYS + " keys");
    }
  }

  /** The case of this text; empty if it is none. */
  public static Optional<StateCase> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int features = Integer.parseInt(matcher.group(1));
    long unit = switch (matcher.group(3)) {
      case "k" -> 1_000;
      case "m" -> 1_000_000;
      default -> 1;
    };
    long keys = Long.parseLong(matcher.group(2)) * unit;
    boolean valid = FeatureSet.SIZES.contains(features) && keys >= 1 && keys <= MAX_KEYS;
    return valid ? Optional.of(new StateCase(features, (int) keys, matcher.group(4).equals("hit"))) : Optional.empty();
  }

  /** Whether anything is remembered. */
  public boolean remembers() {
    return features > 0;
  }

  @Override
  public String toString() {
    String size = keys % 1_000_000 == 0 ? keys / 1_000_000 + "m" : keys % 1_000 == 0 ? keys / 1_000 + "k" : Integer.toString(keys);
    return features + "-" + size + (hit ? "-hit" : "-miss");
  }
}
