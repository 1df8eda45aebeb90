import io.yapok.app.internal.demo.PaymentStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo's made-up payments as JSON records, each with its time and whether it is a fraud, which no step reads; and how many frauds are found.
 *
 * <pre>
 * java -cp 'app/target/yapok-app.jar:app/target/lib/*' Payments.java made 7 100000 > payments.ndjson
 * java -cp 'app/target/yapok-app.jar:app/target/lib/*' Payments.java recall 0.004 < scored.ndjson
 * </pre>
 */
final class Payments {
  private static final long START = 1_767_600_000_000L;
  private static final Pattern SCORED = Pattern.compile("\"is_fraud\":(true|false).*\"score\":([-+.0-9eE]+)");

  private Payments() {}

  private record Scored(double score, boolean fraud) {}

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length == 3 && args[0].equals("made")) {
      made(Long.parseLong(args[1]), Integer.parseInt(args[2]), out);
    } else if (args.length == 2 && args[0].equals("recall")) {
      recall(Double.parseDouble(args[1]), in, out);
    } else {
      System.err.println("usage: java -cp 'app/target/yapok-app.jar:app/target/lib/*' Payments.java made SEED COUNT | recall SHARE < RESULTS");
      return 2;
    }
    return 0;
  }

  /** One line a payment, as the demo has it with time and is_fraud added; what is no object stays broken as it is. */
  private static void made(long seed, int count, PrintStream out) {
    PaymentStream payments = new PaymentStream(seed, START);
    PrintStream text = new PrintStream(new BufferedOutputStream(out, 1 << 16), false, StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      payments.next();
      String value = new String(payments.value(), StandardCharsets.UTF_8);
      boolean whole = value.endsWith("}");
      text.print(whole ? value.substring(0, value.length() - 1) + ",\"time\":" + payments.timestamp() + ",\"is_fraud\":" + payments.isFraud() + "}\n" : value + "\n");
    }
    text.flush();
  }

  /** If the payments with the highest scores, this share of all, are looked into by people: how many frauds they find. */
  private static void recall(double share, InputStream in, PrintStream out) throws IOException {
    List<Scored> payments = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = SCORED.matcher(line);
      if (!found.find()) {
        throw new IOException("no is_fraud and score in: " + line.substring(0, Math.min(200, line.length())));
      }
      payments.add(new Scored(Double.parseDouble(found.group(2)), found.group(1).equals("true")));
    }
    payments.sort(Comparator.comparingDouble(Scored::score).reversed());
    int alerts = (int) (payments.size() * share);
    long frauds = payments.stream().filter(Scored::fraud).count();
    long caught = payments.subList(0, alerts).stream().filter(Scored::fraud).count();
    out.printf(Locale.ROOT, "%d alerts on %d payments catch %d of %d frauds: %.1f %%%n", alerts, payments.size(), caught, frauds, 100.0 * caught / frauds);
  }
}
