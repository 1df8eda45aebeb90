package io.yapok.app.proof;

import java.util.List;
import java.util.Locale;

/**
 * A scenario's row of the report.
 *
 * @param faults kills, or stops, or what the scenario does
 * @param recoveries for each fault that was measured, the seconds until results from all partitions flowed again
 * @param stalls for each partition of the sink, the longest that a read_committed reader saw nothing, in seconds
 * @param boundSeconds what the median of the recoveries must stay below; 0 where none is promised
 * @param boundOf what the bound is made of
 */
record Outcome(String scenario, long seed, Verdict verdict, int faults, List<Double> recoveries, List<Double> stalls, double boundSeconds, String boundOf) {
  static final String HEADING = "scenario          seed       in      out  rejected  lost  dup  wrong  order  faults  median s  worst s  bound s  stall s";

  double median() {
    var sorted = recoveries.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.isEmpty() ? 0 : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double worst() {
    return recoveries.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  double longestStall() {
    return stalls.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "%-14s %9d %8d %8d %9d %5d %4d %6d %6d %7d %9.1f %8.1f %8.1f %8.1f",
        scenario, seed, verdict.in(), verdict.out(), verdict.rejected(), verdict.lost(), verdict.duplicated(), verdict.mismatched(), verdict.outOfOrder(), faults, median(), worst(), boundSeconds, longestStall());
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"scenario\":\"%s\",\"seed\":%d,\"in\":%d,\"out\":%d,\"rejected\":%d,\"lost\":%d,\"duplicated\":%d,\"mismatched\":%d,\"out_of_order\":%d,\"kills\":%d,"
            + "\"recovery_median_s\":%.3f,\"recovery_longest_s\":%.3f,\"recoveries_s\":%s,\"bound_s\":%.3f,\"bound_of\":\"%s\",\"stall_longest_s\":%.3f,\"stalls_s\":%s}",
        scenario, seed, verdict.in(), verdict.out(), verdict.rejected(), verdict.lost(), verdict.duplicated(), verdict.mismatched(), verdict.outOfOrder(), faults,
        median(), worst(), recoveries, boundSeconds, boundOf, longestStall(), stalls);
  }
}
