import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Readings of a machine as JSON records, real or made up, and what alerts say of the failures that people know of.
 *
 * <pre>
 * java Machine.java records machine_temperature_system_failure.csv > readings.ndjson
 * java Machine.java made 7 failures.json > readings.ndjson
 * java Machine.java report failures.json < alerts.ndjson
 * </pre>
 *
 * <p>A failures.json is what the Numenta Anomaly Benchmark has: windows in time, {@code {"name": [["2013-12-10 06:25:00", "2013-12-12 05:35:00"], ...]}}, in UTC.
 */
final class Machine {
  private static final Pattern TIME = Pattern.compile("\"(\\d{4}-\\d{2}-\\d{2})[ T](\\d{2}:\\d{2}:\\d{2})[.\\d]*Z?\"");
  private static final Pattern OUT = Pattern.compile("\"out\":\\{[^}]*\"time\":(\"[^\"]*\")");

  /** Alerts no further apart are one episode. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final int A_DAY = 288;

  private Machine() {}

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length == 2 && args[0].equals("records")) {
      records(Path.of(args[1]), out);
    } else if (args.length == 3 && args[0].equals("made")) {
      made(Long.parseLong(args[1]), Path.of(args[2]), out);
    } else if (args.length == 2 && args[0].equals("report")) {
      report(Path.of(args[1]), in, out);
    } else {
      System.err.println("usage: java Machine.java records FILE.csv | made SEED FAILURES.json | report FAILURES.json < ALERTS");
      return 2;
    }
    return 0;
  }

  /** One line a reading: {"machine": "m-1", "time": "2013-12-02T21:15:00Z", "temperature": 73.96732207}. */
  private static void records(Path csv, PrintStream out) throws IOException {
    try (Stream<String> lines = Files.lines(csv); PrintStream text = buffered(out)) {
      lines.skip(1).map(line -> line.split(",", 2)).forEach(row -> record(text, row[0].replace(' ', 'T') + "Z", row[1]));
    }
  }

  /**
   * Five weeks of a machine that has never been: its load comes and goes over hours, it is warmer in one week than in another, on some days it is switched off for
   * a while, and at the end it fails: over a day and a half it loses what it has left of its warmth.
   */
  private static void made(long seed, Path failures, PrintStream out) throws IOException {
    Random random = new Random(seed);
    Instant time = Instant.parse("2026-01-05T00:00:00Z");
    int days = 35;
    int failsAt = (days - 3) * A_DAY + random.nextInt(A_DAY);
    int mendedAt = failsAt + A_DAY * 3 / 2;
    double load = 0;
    double off = 0;
    double lost = 0;
    try (PrintStream text = buffered(out)) {
      for (int i = 0; i < days * A_DAY; i++) {
        load += -load / 60 + random.nextGaussian() * 1.1;
        off = i % A_DAY == 0 && random.nextInt(4) == 0 ? 12 : off * 0.985;
        lost = i < failsAt || i >= mendedAt ? lost * 0.8 : Math.min(55, lost + 0.3);
        double season = 4 * StrictMath.sin(2 * Math.PI * i / (9.0 * A_DAY));
        double temperature = 86 + season + load - off - lost + random.nextGaussian() * 0.6;
        record(text, time.plus(EVERY.multipliedBy(i)).toString(), String.format(Locale.ROOT, "%.4f", temperature));
      }
    }
    String window = "[\"" + time.plus(EVERY.multipliedBy(failsAt)) + "\", \"" + time.plus(EVERY.multipliedBy(mendedAt)) + "\"]";
    Files.writeString(failures, "{\"made\": [" + window + "]}\n");
  }

  private static void record(PrintStream out, String time, String temperature) {
    out.print("{\"machine\": \"m-1\", \"time\": \"" + time + "\", \"temperature\": " + temperature + "}\n");
  }

  /** Buffered, and closing it leaves what is beneath open. */
  private static PrintStream buffered(PrintStream out) {
    BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
    return new PrintStream(buffer, false, StandardCharsets.UTF_8);
  }

  /** From the first alert to the last. */
  private record Span(Instant from, Instant to) {
    boolean covers(Instant time) {
      return !time.isBefore(from) && !time.isAfter(to);
    }
  }

  /** Which failures have an alert inside, and the episodes of alerts outside all of them. */
  private static void report(Path failures, InputStream in, PrintStream out) throws IOException {
    List<Span> windows = windows(failures);
    List<Instant> alerts = alerts(in);
    for (Span window : windows) {
      List<Instant> inside = alerts.stream().filter(window::covers).toList();
      out.println("failure " + window.from() + " to " + window.to() + ": " + (inside.isEmpty() ? "no alert" : inside.size() + " alerts, the first " + inside.getFirst()));
    }
    List<Span> others = episodes(alerts.stream().filter(alert -> windows.stream().noneMatch(window -> window.covers(alert))).toList());
    out.println(others.size() + (others.size() == 1 ? " episode" : " episodes") + " of alerts outside");
    others.forEach(episode -> out.println("  " + episode.from() + " to " + episode.to()));
  }

  private static List<Span> windows(Path failures) throws IOException {
    List<Instant> times = new ArrayList<>();
    Matcher found = TIME.matcher(Files.readString(failures));
    while (found.find()) {
      times.add(Instant.parse(found.group(1) + "T" + found.group(2) + "Z"));
    }
    List<Span> windows = new ArrayList<>();
    for (int i = 0; i + 1 < times.size(); i += 2) {
      windows.add(new Span(times.get(i), times.get(i + 1)));
    }
    return windows;
  }

  private static List<Instant> alerts(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().map(Machine::timeOf).sorted().toList();
  }

  private static Instant timeOf(String alert) {
    Matcher found = OUT.matcher(alert);
    Matcher time = found.find() ? TIME.matcher(found.group(1)) : null;
    if (time == null || !time.matches()) {
      throw new UncheckedIOException(new IOException("no out.time in: " + alert.substring(0, Math.min(200, alert.length()))));
    }
    return Instant.parse(time.group(1) + "T" + time.group(2) + "Z");
  }

  private static List<Span> episodes(List<Instant> alerts) {
    List<Span> episodes = new ArrayList<>();
    for (Instant alert : alerts) {
      if (!episodes.isEmpty() && Duration.between(episodes.getLast().to(), alert).compareTo(PAUSE) <= 0) {
        episodes.add(new Span(episodes.removeLast().from(), alert));
      } else {
        episodes.add(new Span(alert, alert));
      }
    }
    return episodes;
  }
}
