package io.yapok.schemas;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant to write, for the hint in a {@link Problem}. */
public final class Nearest {
  private Nearest() {}

  /** The candidate that is fewest slips away from the word, if these are few for its length; case is no slip. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(1, (Math.min(word.length(), candidate.length()) + 1) / 3))
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
  static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > 10) {
      return Integer.MAX_VALUE;
    }
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        slips[i][j] = i == 0 || j == 0 ? i + j : fewest(slips, a, b, i, j);
      }
    }
    return slips[a.length()][b.length()];
  }

  private static int fewest(int[][] slips, String a, String b, int i, int j) {
    int replaced = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(replaced, Math.min(slips[i - 1][j], slips[i][j - 1]) + 1);
    if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
      fewest = Math.min(fewest, slips[i - 2][j - 2] + 1);
    }
    return fewest;
  }
}
