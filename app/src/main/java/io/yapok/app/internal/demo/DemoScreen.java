package io.yapok.app.internal.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a person sees of the demo: on a terminal one picture that is drawn over itself, elsewhere one plain line a second. Called by the demo's main thread
 * alone.
 */
final class DemoScreen {
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[31m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";
  private static final int FLAGGED_SHOWN = 5;
  private static final int SCORED_SHOWN = 6;
  private static final int REJECTED_SHOWN = 3;

  private final PrintStream out;
  private final boolean terminal;
  private final DemoFigures figures;
  private long lastAnswered;
  private long lastNanos = System.nanoTime();

  DemoScreen(PrintStream out, boolean terminal, DemoFigures figures) {
    this.out = out;
    this.terminal = terminal;
    this.figures = figures;
  }

  /** Says what is being done before anything runs. */
  void status(String line) {
    out.println(line);
    out.flush();
  }

  /** Shows the present state; called about once a second. */
  void show(Duration elapsed, long dropped, boolean measuring, ResultWatch watch) {
    long now = System.nanoTime();
    long answered = figures.answered();
    double perSecond = (answered - lastAnswered) * 1e9 / Math.max(1, now - lastNanos);
    lastAnswered = answered;
    lastNanos = now;
    Histogram latency = figures.takeRecent();
    String counts = String.format(Locale.ROOT, "in %,d  out %,d  rejected %,d  dropped %,d", figures.in.sum(), figures.out.sum(), figures.rejected.sum(), dropped);
    String times =
        measuring
            ? String.format(Locale.ROOT, "p50 %.1f  p99 %.1f  max %.1f ms", millis(latency, 50), millis(latency, 99), latency.getMaxValue() / 1000.0)
            : "warming up";
    String frauds = String.format(Locale.ROOT, "flagged %,d, of them frauds %,d of %,d", figures.flagged.sum(), figures.caught.sum(), figures.frauds.sum());
    if (terminal) {
      draw(elapsed, perSecond, counts, times, frauds, watch);
    } else {
      out.printf(Locale.ROOT, "%5.1f s  %,8.0f records/s  %s  %s  %s%n", elapsed.toMillis() / 1000.0, perSecond, counts, times, frauds);
    }
    out.flush();
  }

  private void draw(Duration elapsed, double perSecond, String counts, String times, String frauds, ResultWatch watch) {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%sYapok demo%s  card payments scored on an embedded Kafka, exactly once   %d s", BOLD, PLAIN, elapsed.toSeconds()));
    lines.add("");
    lines.add(String.format(Locale.ROOT, "%s%,.0f records/s%s   %s", BOLD, perSecond, PLAIN, counts));
    lines.add("latency   " + times + DIM + "   from the intended send to a read_committed reader" + PLAIN);
    lines.add("frauds    " + frauds);
    lines.add("");
    lines.add(DIM + row("payment", "card", "amount", "merchant", "country", "score") + PLAIN);
    watch.lastScored().stream().limit(SCORED_SHOWN).forEach(payment -> lines.add(row(payment)));
    lines.add("");
    lines.add(RED + "flagged as fraud" + PLAIN);
    watch.lastFlagged().stream().limit(FLAGGED_SHOWN).forEach(payment -> lines.add(RED + row(payment) + PLAIN));
    lines.add("");
    lines.add("rejected, with the reason, to the dead-letter topic");
    watch.lastRejected().stream().limit(REJECTED_SHOWN).forEach(reject -> lines.add("  " + shortened(reject)));
    out.print(HOME_AND_CLEAR + String.join(System.lineSeparator(), lines) + System.lineSeparator());
  }

  private static String row(ScoredPayment payment) {
    return row(
        payment.field("payment"),
        payment.field("card"),
        payment.field("amount") + " " + payment.field("currency"),
        payment.field("merchant_category"),
        payment.field("country"),
        String.format(Locale.ROOT, "%.3f", payment.score()));
  }

  private static String row(String payment, String card, String amount, String merchant, String country, String score) {
    return String.format(Locale.ROOT, "  %-12s %-9s %14s  %-14s %-8s %s", payment, card, amount, merchant, country, score);
  }

  private static String shortened(String line) {
    return line.length() <= 100 ? line : line.substring(0, 97) + "...";
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1000.0;
  }
}
