import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fits the model of machine-temperature.yaml on what machine-features.yaml answered before some time, when all was well. The same bytes every time.
 *
 * <pre>
 * java -cp 'perf/target/lib/*' Fit.java 2013-12-10T06:25:00Z machine-temperature.onnx < features.ndjson
 * </pre>
 *
 * <p>The model is a small autoencoder: five means, brought to one scale, become one number, that number is brought into the range that it had in fitting, and becomes
 * five means again. Fitted so that least is lost on the way, which is what the first principal component does, it knows how warm the machine is when all is well, and how
 * the means of a long time and a short time go together then. {@code expected} are the five means that come out; {@code error} is how far they are from those that
 * went in, where 1 is the farthest that was seen in fitting.
 */
final class Fit {
  private static final Pattern RESULT = Pattern.compile("\"time\": *\"([^\"]*)\".*\"readings\":(\\d+).*\"means\":\\[([^]]*)]");
  private static final int WIDTH = 5;

  /** Before a day has passed, the mean of a day is one of less. */
  private static final int A_DAY = 288;

  private static final int ROUNDS = 10_000;

  private final List<double[]> rows;
  private final double[] mean = new double[WIDTH];
  private final double[] deviation = new double[WIDTH];

  private Fit(List<double[]> rows) {
    this.rows = rows;
  }

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 1 if there is too little to fit, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: java -cp 'perf/target/lib/*' Fit.java BEFORE MODEL.onnx < FEATURES");
      return 2;
    }
    List<double[]> rows = rows(in, Instant.parse(args[0]));
    if (rows.size() < A_DAY) {
      System.err.println("error: " + rows.size() + " readings are too few, standard input, give it several days before " + args[0]);
      return 1;
    }
    new Fit(rows).model().writeTo(Path.of(args[1]));
    out.println("fitted on " + rows.size() + " readings");
    return 0;
  }

  private static List<double[]> rows(InputStream in, Instant before) throws IOException {
    List<double[]> rows = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = RESULT.matcher(line);
      if (!found.find()) {
        throw new IOException("no time, readings and means in: " + line.substring(0, Math.min(200, line.length())));
      }
      if (Integer.parseInt(found.group(2)) >= A_DAY && Instant.parse(found.group(1)).isBefore(before)) {
        String[] means = found.group(3).split(",", -1);
        double[] row = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
          row[i] = Double.parseDouble(means[i]);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private OnnxModel model() {
    scale();
    double[] direction = direction();
    DoubleSummaryStatistics codes = rows.stream().mapToDouble(row -> dot(scaled(row), direction)).summaryStatistics();
    double worst = rows.stream().mapToDouble(row -> error(scaled(row), direction)).max().orElseThrow();
    OnnxType means = OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(WIDTH));
    // multiplied and summed, and not a product of matrices, so that rows beside it change no bit of an answer
    return Graph.named("machine-temperature")
        .input("means", means)
        .initializer(vector("mean", mean))
        .initializer(vector("deviation", deviation))
        .initializer(vector("direction", direction))
        .initializer(Initializer.floats("least", List.of(), (float) codes.getMin()))
        .initializer(Initializer.floats("most", List.of(), (float) codes.getMax()))
        .initializer(Initializer.int64s("last_axis", List.of(1L), 1))
        .initializer(Initializer.floats("worst", List.of(), (float) worst))
        .node(Node.of("Sub").in("means", "mean").out("centred"))
        .node(Node.of("Div").in("centred", "deviation").out("scaled"))
        .node(Node.of("Mul").in("scaled", "direction").out("parts"))
        .node(Node.of("ReduceSum").in("parts", "last_axis").out("code").with("keepdims", 1))
        .node(Node.of("Clip").in("code", "least", "most").out("known"))
        .node(Node.of("Mul").in("known", "direction").out("back"))
        .node(Node.of("Sub").in("scaled", "back").out("lost"))
        .node(Node.of("Mul").in("lost", "lost").out("squares"))
        .node(Node.of("ReduceSum").in("squares", "last_axis").out("square").with("keepdims", 0))
        .node(Node.of("Sqrt").in("square").out("length"))
        .node(Node.of("Div").in("length", "worst").out("error"))
        .node(Node.of("Mul").in("back", "deviation").out("unscaled"))
        .node(Node.of("Add").in("unscaled", "mean").out("expected"))
        .output("error", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .output("expected", means)
        .toModel();
  }

  private void scale() {
    for (int i = 0; i < WIDTH; i++) {
      for (double[] row : rows) {
        mean[i] += row[i] / rows.size();
      }
      double square = 0;
      for (double[] row : rows) {
        square += (row[i] - mean[i]) * (row[i] - mean[i]);
      }
      deviation[i] = Math.sqrt(square / rows.size());
    }
  }

  private double[] scaled(double[] row) {
    double[] scaled = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      scaled[i] = (row[i] - mean[i]) / deviation[i];
    }
    return scaled;
  }

  /** The direction in which scaled rows differ most, of length 1: the covariance's first eigenvector, by power iteration. */
  private double[] direction() {
    double[][] covariance = new double[WIDTH][WIDTH];
    for (double[] row : rows) {
      double[] scaled = scaled(row);
      for (int i = 0; i < WIDTH; i++) {
        for (int j = 0; j < WIDTH; j++) {
          covariance[i][j] += scaled[i] * scaled[j];
        }
      }
    }
    double[] direction = {1, 1, 1, 1, 1};
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = new double[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        next[i] = dot(covariance[i], direction);
      }
      double length = Math.sqrt(dot(next, next));
      for (int i = 0; i < WIDTH; i++) {
        direction[i] = next[i] / length;
      }
    }
    return direction;
  }

  /** For a row whose code is in the range of codes, as those are that it was fitted on. */
  private static double error(double[] scaled, double[] direction) {
    double code = dot(scaled, direction);
    double square = 0;
    for (int i = 0; i < WIDTH; i++) {
      double lost = scaled[i] - code * direction[i];
      square += lost * lost;
    }
    return Math.sqrt(square);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static Initializer vector(String name, double[] values) {
    float[] floats = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      floats[i] = (float) values[i];
    }
    return Initializer.floats(name, List.of((long) WIDTH), floats);
  }
}
