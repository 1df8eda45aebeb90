package io.yapok.perf.internal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ratios now beside those recorded: what a change has cost, on whatever machine. */
public final class GateReport {
  /** Less than this share of a recorded ratio is a loss. */
  public static final double KEPT = 0.90;

  private final List<String> lines = new ArrayList<>();
  private boolean passed = true;

  /** Compares each ratio that was recorded and has been measured. */
  public void compare(String workload, Map<String, Double> recorded, Map<String, Spread> measured) {
    recorded.forEach(
        (name, before) -> {
          Spread now = measured.get(name);
          if (now != null) {
            line(workload, name, now.median(), before * KEPT, "recorded " + number(before));
          }
        });
  }

  /** Demands a ratio whatever was recorded. */
  public void demand(String workload, String name, double floor, Map<String, Spread> measured) {
    Spread now = measured.get(name);
    line(workload, name, now == null ? Double.NaN : now.median(), floor, "a floor that a busy machine leaves standing");
  }

  private void line(String workload, String name, double now, double least, String why) {
    boolean kept = now >= least;
    passed &= kept;
    lines.add("%-6s%-16s%-32s%8s, at least %s (%s)".formatted(kept ? "kept" : "LOST", workload, name, number(now), number(least), why));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Whether nothing was lost. */
  public boolean passed() {
    return passed;
  }

  /** A line a ratio. */
  public String toText() {
    return String.join("\n", lines);
  }
}
