import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fits the two models of ranking.yaml, logistic regressions, on requests of which it is known what was clicked. The same bytes every time.
 *
 * <pre>
 * java -cp 'perf/target/lib/*' Fit.java DIRECTORY BY-TASTE.onnx BY-POPULARITY.onnx
 * </pre>
 *
 * <p>The one for regular users weighs how far each trait of an item is the user's taste, and how popular the item is; the one for new users has nothing but the second.
 */
final class Fit {
  private static final int TRAITS = 16;
  private static final double RIDGE = 1e-3;
  private static final int ROUNDS = 12;
  private static final Pattern ROW = Pattern.compile("\"key\": \"(\\w+)\"");
  private static final Pattern POPULARITY = Pattern.compile("\"popularity\": ([-.0-9E]+)");
  private static final Pattern VECTOR = Pattern.compile("\"(?:taste|traits)\": \\[([^\\]]*)\\]");
  private static final Pattern USER = Pattern.compile("\"user\": \"(\\w+)\"");
  private static final Pattern CANDIDATE = Pattern.compile("\"item\": (\\d+), \"clicked\": (true|false)");

  private Fit() {}

  /** A one, how popular the item is, and for users whose taste is known how far each trait is theirs. */
  private record Shown(double[] row, boolean clicked) {}

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length != 3) {
      System.err.println("usage: java -cp 'perf/target/lib/*' Fit.java DIRECTORY BY-TASTE.onnx BY-POPULARITY.onnx");
      return 2;
    }
    List<Shown> regular = new ArrayList<>();
    List<Shown> all = new ArrayList<>();
    read(Path.of(args[0]), regular, all);
    byTaste(weights(regular, TRAITS + 2)).writeTo(Path.of(args[1]));
    byPopularity(weights(all, 2)).writeTo(Path.of(args[2]));
    out.println("fitted on " + regular.size() + " candidates of regular users and " + all.size() + " of all");
    return 0;
  }

  private static void read(Path directory, List<Shown> regular, List<Shown> all) throws IOException {
    Map<String, double[]> tastes = vectors(directory.resolve("users.ndjson"));
    Map<String, double[]> traits = vectors(directory.resolve("items.ndjson"));
    Map<String, Double> popularity = new HashMap<>();
    for (String line : Files.readAllLines(directory.resolve("items.ndjson"))) {
      popularity.put(found(ROW, line), Double.parseDouble(found(POPULARITY, line)));
    }
    for (String line : Files.readAllLines(directory.resolve("requests.ndjson"))) {
      double[] taste = tastes.get(found(USER, line));
      for (MatchResult candidate : CANDIDATE.matcher(line).results().toList()) {
        boolean clicked = candidate.group(2).equals("true");
        double popular = popularity.get(candidate.group(1));
        all.add(new Shown(new double[] {1, popular}, clicked));
        if (taste != null) {
          regular.add(new Shown(row(popular, taste, traits.get(candidate.group(1))), clicked));
        }
      }
    }
  }

  private static double[] row(double popular, double[] taste, double[] traits) {
    double[] row = new double[TRAITS + 2];
    row[0] = 1;
    row[1] = popular;
    for (int i = 0; i < TRAITS; i++) {
      row[i + 2] = taste[i] * traits[i];
    }
    return row;
  }

  private static Map<String, double[]> vectors(Path file) throws IOException {
    Map<String, double[]> vectors = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      Matcher vector = VECTOR.matcher(line);
      if (vector.find()) {
        vectors.put(found(ROW, line), Arrays.stream(vector.group(1).split(", ", -1)).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return vectors;
  }

  private static String found(Pattern pattern, String line) throws IOException {
    Matcher found = pattern.matcher(line);
    if (!found.find()) {
      throw new IOException("no " + pattern + " in: " + line.substring(0, Math.min(200, line.length())));
    }
    return found.group(1);
  }

  /** By Newton's method. */
  private static double[] weights(List<Shown> shown, int width) {
    double[] weights = new double[width];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] system = new double[width][width + 1]; // the curvature, and behind it the slope
      for (int i = 0; i < width; i++) {
        system[i][i] = RIDGE;
        system[i][width] = -RIDGE * weights[i];
      }
      shown.forEach(each -> add(each, weights, system));
      double[] step = solve(system);
      for (int i = 0; i < width; i++) {
        weights[i] += step[i];
      }
    }
    return weights;
  }

  private static void add(Shown shown, double[] weights, double[][] system) {
    int width = weights.length;
    double odds = 0;
    for (int i = 0; i < width; i++) {
      odds += weights[i] * shown.row()[i];
    }
    double probability = 1 / (1 + StrictMath.exp(-odds));
    double curvature = probability * (1 - probability);
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        system[i][j] += curvature * shown.row()[i] * shown.row()[j];
      }
      system[i][width] += ((shown.clicked() ? 1 : 0) - probability) * shown.row()[i];
    }
  }

  /** Gauss' elimination; the matrix is positive definite, so that no pivot is zero. */
  private static double[] solve(double[][] system) {
    int width = system.length;
    for (int pivot = 0; pivot < width; pivot++) {
      for (int row = 0; row < width; row++) {
        double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= width && factor != 0; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solution = new double[width];
    for (int i = 0; i < width; i++) {
      solution[i] = system[i][width] / system[i][i];
    }
    return solution;
  }

  private static OnnxModel byTaste(double[] weights) {
    float[] slopes = new float[TRAITS];
    for (int i = 0; i < TRAITS; i++) {
      slopes[i] = (float) weights[i + 2];
    }
    return Graph.named("by-taste")
        .input("taste", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(TRAITS)))
        .input("traits", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(TRAITS)))
        .input("popularity", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .initializer(Initializer.floats("slopes", List.of((long) TRAITS), slopes))
        .initializer(Initializer.floats("popular", List.of(), (float) weights[1]))
        .initializer(Initializer.floats("bias", List.of(), (float) weights[0]))
        .initializer(Initializer.int64s("last_axis", List.of(1L), 1))
        .node(Node.of("Mul").in("taste", "traits").out("shared"))
        .node(Node.of("Mul").in("shared", "slopes").out("parts"))
        .node(Node.of("ReduceSum").in("parts", "last_axis").out("liking").with("keepdims", 0))
        .node(Node.of("Mul").in("popularity", "popular").out("everybody"))
        .node(Node.of("Add").in("liking", "everybody").out("sum"))
        .node(Node.of("Add").in("sum", "bias").out("odds"))
        .node(Node.of("Sigmoid").in("odds").out("probability"))
        .output("probability", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .toModel();
  }

  private static OnnxModel byPopularity(double[] weights) {
    return Graph.named("by-popularity")
        .input("popularity", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .initializer(Initializer.floats("popular", List.of(), (float) weights[1]))
        .initializer(Initializer.floats("bias", List.of(), (float) weights[0]))
        .node(Node.of("Mul").in("popularity", "popular").out("everybody"))
        .node(Node.of("Add").in("everybody", "bias").out("odds"))
        .node(Node.of("Sigmoid").in("odds").out("probability"))
        .output("probability", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .toModel();
  }
}
