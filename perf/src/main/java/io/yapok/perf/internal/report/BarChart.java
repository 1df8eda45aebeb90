package io.yapok.perf.internal.report;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as SVG, with a whisker from the lowest to the highest measurement. Colours are readable on white and on black, and the one bar that matters has
 * a colour of its own. A bar that is many times as long as that one is broken off, or the others could not be told apart.
 */
public final class BarChart {
  private static final int WIDTH = 760;
  private static final int LABELS = 190;
  private static final int BARS = 380;
  private static final int ROW = 34;
  private static final int TOP = 64;
  private static final int BOTTOM = 44;

  /** The longest bar that is drawn whole, against the highlighted one. */
  private static final double LONGEST = 3;

  /** Where a bar is broken off. */
  private static final int GAP = 12;

  private final String title;
  private final String unit;
  private final String foot;
  private final List<Bar> bars;

  /** One bar. */
  public record Bar(String label, Spread value, boolean highlighted) {}

  /**
   * A chart.
   *
   * @param foot where and how it was measured
   */
  public BarChart(String title, String unit, String foot, List<Bar> bars) {
    this.title = title;
    this.unit = unit;
    this.foot = foot;
    this.bars = List.copyOf(bars);
  }

  /** The picture. */
  public String toSvg() {
    int height = TOP + ROW * bars.size() + BOTTOM;
    double most = longest();
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" fill=\"#808080\">\n".formatted(WIDTH, height));
    svg.append("<title>%s</title>\n".formatted(escaped(title + ", " + unit)));
    svg.append("<text x=\"12\" y=\"26\" font-size=\"17\" font-weight=\"600\">%s</text>\n".formatted(escaped(title)));
    svg.append("<text x=\"12\" y=\"46\" font-size=\"12\">%s</text>\n".formatted(escaped(unit)));
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), TOP + ROW * i, BARS / most);
    }
    svg.append("<text x=\"12\" y=\"%d\" font-size=\"9.5\">%s</text>\n".formatted(height - 16, escaped(foot)));
    return svg.append("</svg>\n").toString();
  }

  private double longest() {
    double longest = bars.stream().mapToDouble(bar -> bar.value().highest()).max().orElse(1);
    double whole = bars.stream().filter(Bar::highlighted).mapToDouble(bar -> bar.value().highest() * LONGEST).max().orElse(longest);
    return Math.min(longest, whole);
  }

  private static void bar(StringBuilder svg, Bar bar, int y, double scale) {
    String colour = bar.highlighted() ? "#d9730d" : "#8aa4b8";
    int middle = y + ROW / 2;
    boolean broken = bar.value().median() * scale > BARS;
    double lowest = Math.min(bar.value().lowest() * scale, BARS);
    double median = Math.min(bar.value().median() * scale, BARS);
    double highest = Math.min(bar.value().highest() * scale, BARS);
    svg.append("<text x=\"%d\" y=\"%d\" font-size=\"13\" text-anchor=\"end\">%s</text>\n".formatted(LABELS - 10, middle + 4, escaped(bar.label())));
    if (broken) {
      rectangle(svg, LABELS, y, BARS - 2 * GAP, colour);
      rectangle(svg, LABELS + BARS - GAP, y, GAP, colour);
    } else {
      rectangle(svg, LABELS, y, median, colour);
      svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %dH%.1f\" stroke=\"#505050\" stroke-width=\"1.5\"/>\n", LABELS + lowest, middle, LABELS + highest));
    }
    svg.append(
        String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" font-size=\"13\">%,.0f</text>\n", LABELS + highest + 8, middle + 4, bar.value().median()));
  }

  private static void rectangle(StringBuilder svg, int x, int y, double width, String colour) {
    svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n", x, y + 5, width, ROW - 10, colour));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
