import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes users, items and requests of a shop that does not exist, and counts how well the requests were ranked. The same seed gives the same bytes.
 *
 * <pre>
 * java Requests.java made SEED REQUESTS DIRECTORY
 * java Requests.java report &lt; ranked.ndjson
 * </pre>
 *
 * <p>A user likes an item as far as its traits are the user's taste, and as far as everybody does. Every fifth user is new: nothing is known of the taste. Each candidate of a request
 * says whether it was clicked, which is for fitting and for the report; no model reads it.
 */
final class Requests {
  private static final int USERS = 2_000;
  private static final int ITEMS = 5_000;
  private static final int CANDIDATES = 674;
  private static final int TRAITS = 16;
  private static final long BEGIN = 1_767_600_000_000L;
  private static final Pattern USER_GROUP = Pattern.compile("\"group\": \"(\\w+)\"");
  private static final Pattern CLICKED = Pattern.compile("\"clicked\":(true|false)");
  private static final Pattern CLICKS = Pattern.compile("\"clicks\": (\\d+)");

  private final Random random;
  private final float[][] tastes = new float[USERS][TRAITS];
  private final float[][] traits = new float[ITEMS][TRAITS];
  private final float[] popularity = new float[ITEMS];

  private Requests(long seed) {
    this.random = new Random(seed);
    Arrays.setAll(tastes, _ -> traits());
    Arrays.setAll(traits, _ -> traits());
    for (int item = 0; item < ITEMS; item++) {
      popularity[item] = rounded(random.nextGaussian());
    }
  }

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length == 4 && args[0].equals("made")) {
      new Requests(Long.parseLong(args[1])).write(Path.of(args[3]), Integer.parseInt(args[2]));
    } else if (args.length == 1 && args[0].equals("report")) {
      report(in, out);
    } else {
      System.err.println("usage: java Requests.java made SEED REQUESTS DIRECTORY | report < RANKED");
      return 2;
    }
    return 0;
  }

  private void write(Path directory, int requests) throws IOException {
    Files.createDirectories(directory);
    StringBuilder users = new StringBuilder();
    for (int user = 0; user < USERS; user++) {
      String known = isNew(user) ? "\"group\": \"new\"" : "\"group\": \"regular\", \"taste\": " + numbers(tastes[user]);
      users.append("{\"key\": \"u").append(user).append("\", \"value\": {").append(known).append("}}\n");
    }
    Files.writeString(directory.resolve("users.ndjson"), users);
    StringBuilder items = new StringBuilder();
    for (int item = 0; item < ITEMS; item++) {
      items.append("{\"key\": \"").append(item).append("\", \"value\": {\"popularity\": ").append(popularity[item]).append(", \"traits\": ").append(numbers(traits[item])).append("}}\n");
    }
    Files.writeString(directory.resolve("items.ndjson"), items);
    StringBuilder lines = new StringBuilder();
    for (int request = 0; request < requests; request++) {
      request(lines, BEGIN + request * 100L);
    }
    Files.writeString(directory.resolve("requests.ndjson"), lines);
  }

  private void request(StringBuilder lines, long time) {
    int user = random.nextInt(USERS);
    StringJoiner candidates = new StringJoiner(", ", "[", "]");
    int clicks = 0;
    for (int i = 0; i < CANDIDATES; i++) {
      int item = random.nextInt(ITEMS);
      boolean clicked = random.nextDouble() < probability(user, item);
      clicks += clicked ? 1 : 0;
      candidates.add("{\"item\": " + item + ", \"clicked\": " + clicked + "}");
    }
    String group = isNew(user) ? "new" : "regular";
    lines.append("{\"user\": \"u").append(user).append("\", \"group\": \"").append(group).append("\", \"time\": ").append(time).append(", \"clicks\": ").append(clicks)
        .append(", \"candidates\": ").append(candidates).append("}\n");
  }

  private double probability(int user, int item) {
    double liking = 0;
    for (int i = 0; i < TRAITS; i++) {
      liking += tastes[user][i] * traits[item][i];
    }
    return 1 / (1 + StrictMath.exp(4 - liking / 2 - popularity[item]));
  }

  private static boolean isNew(int user) {
    return user % 5 == 0;
  }

  private float[] traits() {
    float[] traits = new float[TRAITS];
    for (int i = 0; i < TRAITS; i++) {
      traits[i] = rounded(random.nextGaussian());
    }
    return traits;
  }

  private static float rounded(double number) {
    return Math.round(number * 1000) / 1000f;
  }

  private static String numbers(float[] numbers) {
    return Arrays.toString(numbers);
  }

  private static void report(InputStream in, PrintStream out) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    long[] requests = new long[2];
    long[] clicked = new long[2];
    double[] byChance = new double[2];
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher group = USER_GROUP.matcher(line);
      Matcher clicks = CLICKS.matcher(line);
      if (!group.find() || !clicks.find()) {
        throw new IOException("no group and clicks in: " + line.substring(0, Math.min(200, line.length())));
      }
      int which = group.group(1).equals("new") ? 1 : 0;
      requests[which]++;
      byChance[which] += 10.0 * Integer.parseInt(clicks.group(1)) / CANDIDATES;
      clicked[which] += CLICKED.matcher(line).results().filter(found -> found.group(1).equals("true")).count();
    }
    for (int which = 0; which < 2; which++) {
      String users = which == 1 ? "new" : "regular";
      out.printf(Locale.ROOT, "%s users: of the best ten %.2f were clicked, by chance %.2f%n", users, (double) clicked[which] / requests[which], byChance[which] / requests[which]);
    }
  }
}
