import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ticks of symbols that there are not, as JSON records, and how many of their jumps were flagged.
 *
 * <pre>
 * java Ticks.java made 7 60000 > ticks.ndjson
 * java Ticks.java report < scored.ndjson
 * </pre>
 */
final class Ticks {
  private static final List<String> SYMBOLS = List.of("ACRE", "BOLT", "CLAY", "DUNE", "ECHO", "FERN", "GALE", "HIVE");
  private static final Pattern TRUTH = Pattern.compile("\"jump\": (true|false)");
  private static final Pattern FLAG = Pattern.compile("\"anomaly\":\\{[^}]*\"jump\":(true|false)");

  private Ticks() {}

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length == 3 && args[0].equals("made")) {
      made(Long.parseLong(args[1]), Integer.parseInt(args[2]), out);
    } else if (args.length == 1 && args[0].equals("report")) {
      report(in, out);
    } else {
      System.err.println("usage: java Ticks.java made SEED COUNT | report < RESULTS");
      return 2;
    }
    return 0;
  }

  /** A symbol's price: a walk whose steps are small in some hours and large in others, and a jump now and then. */
  private static final class Walk {
    private final double calm;
    private double price;
    private double unrest;

    Walk(Random random) {
      calm = 0.00004 + 0.0002 * random.nextDouble();
      price = 20 + 200 * random.nextDouble();
    }

    /** Moves on; whether it jumped. The smallest jumps are hardly larger than the largest steps. */
    boolean tick(Random random) {
      unrest += -unrest / 500 + 0.03 * random.nextGaussian();
      double usual = calm * StrictMath.exp(unrest);
      boolean jumps = random.nextInt(800) == 0;
      double size = jumps ? (random.nextBoolean() ? 1 : -1) * usual * (6 - 12 * StrictMath.log(1 - random.nextDouble())) : usual * random.nextGaussian();
      price *= 1 + size;
      return jumps;
    }
  }

  /** One line a tick, four a second: {"symbol": "ACRE", "time": 1767600000250, "price": 101.23456, "jump": false}. No step of the pipeline reads the truth. */
  private static void made(long seed, int count, PrintStream out) {
    Random random = new Random(seed);
    List<Walk> walks = SYMBOLS.stream().map(symbol -> new Walk(random)).toList();
    PrintStream text = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
    long time = 1_767_600_000_000L;
    for (int i = 0; i < count; i++) {
      int symbol = random.nextInt(SYMBOLS.size());
      time += random.nextInt(500);
      boolean jumped = walks.get(symbol).tick(random);
      text.print("{\"symbol\": \"" + SYMBOLS.get(symbol) + "\", \"time\": " + time + ", \"price\": " + String.format(Locale.ROOT, "%.5f", walks.get(symbol).price) + ", \"jump\": " + jumped + "}\n");
    }
    text.flush();
  }

  /** Reads results, one a line, and compares anomaly.jump with in.jump. */
  private static void report(InputStream in, PrintStream out) throws IOException {
    int jumps = 0;
    int flagged = 0;
    int caught = 0;
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      boolean jump = isTrue(TRUTH, line);
      boolean flag = isTrue(FLAG, line);
      jumps += jump ? 1 : 0;
      flagged += flag ? 1 : 0;
      caught += jump && flag ? 1 : 0;
    }
    out.println(caught + " of " + jumps + " jumps flagged, and " + (flagged - caught) + " ticks that are none");
  }

  private static boolean isTrue(Pattern pattern, String line) throws IOException {
    Matcher found = pattern.matcher(line);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in: " + line.substring(0, Math.min(200, line.length())));
    }
    return found.group(1).equals("true");
  }
}
