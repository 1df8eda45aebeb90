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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fits the model of prices.yaml on what prices-features.yaml answered for ticks of which it is known which are jumps. The same bytes every time.
 *
 * <pre>
 * java -cp 'perf/target/lib/*' Fit.java jumps.onnx < features.ndjson
 * </pre>
 *
 * <p>The model is a logistic regression on logarithms: of the step, and of how far prices were spread in the minute and the ten minutes before. So it learns how many times a usual move a
 * jump is, whatever is usual for the symbol.
 */
final class Fit {
  private static final Pattern RESULT =
      Pattern.compile("\"jump\": (true|false).*\"known\":(true|false),\"step\":([-+.0-9eE]+),\"spread\":([-+.0-9eE]+),\"long_spread\":([-+.0-9eE]+)");

  private static final int WIDTH = 4;
  private static final double SMALLEST = 1e-6;
  private static final double RIDGE = 1e-3;
  private static final int ROUNDS = 50;

  private Fit() {}

  /** A one and three logarithms. */
  private record Tick(double[] row, boolean jump) {}

  public static void main(String[] args) throws IOException {
    System.exit(run(System.in, System.out, args));
  }

  /** The program; 0 if all went well, 1 if there is nothing to learn, 2 if the arguments are none of those above. */
  static int run(InputStream in, PrintStream out, String... args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: java -cp 'perf/target/lib/*' Fit.java MODEL.onnx < FEATURES");
      return 2;
    }
    List<Tick> ticks = ticks(in);
    long jumps = ticks.stream().filter(Tick::jump).count();
    if (jumps < 10) {
      System.err.println("error: " + jumps + " jumps in " + ticks.size() + " ticks are too few, standard input, give it more ticks");
      return 1;
    }
    model(weights(ticks)).writeTo(Path.of(args[0]));
    out.println("fitted on " + ticks.size() + " ticks with " + jumps + " jumps");
    return 0;
  }

  private static List<Tick> ticks(InputStream in) throws IOException {
    List<Tick> ticks = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher found = RESULT.matcher(line);
      if (!found.find()) {
        throw new IOException("no jump, known, step and spreads in: " + line.substring(0, Math.min(200, line.length())));
      }
      if (found.group(2).equals("true")) {
        double[] row = {1, logarithm(found.group(3)), logarithm(found.group(4)), logarithm(found.group(5))};
        ticks.add(new Tick(row, found.group(1).equals("true")));
      }
    }
    return ticks;
  }

  private static double logarithm(String number) {
    return StrictMath.log(Double.parseDouble(number) + SMALLEST);
  }

  /** By Newton's method; a ridge keeps it finite where jumps and others could be told apart without a mistake. */
  private static double[] weights(List<Tick> ticks) {
    double[] weights = new double[WIDTH];
    for (int round = 0; round < ROUNDS; round++) {
      double[][] system = new double[WIDTH][WIDTH + 1]; // the curvature, and behind it the slope
      for (int i = 0; i < WIDTH; i++) {
        system[i][i] = RIDGE;
        system[i][WIDTH] = -RIDGE * weights[i];
      }
      ticks.forEach(tick -> add(tick, weights, system));
      double[] step = solve(system);
      for (int i = 0; i < WIDTH; i++) {
        weights[i] += step[i];
      }
    }
    return weights;
  }

  private static void add(Tick tick, double[] weights, double[][] system) {
    double odds = 0;
    for (int i = 0; i < WIDTH; i++) {
      odds += weights[i] * tick.row()[i];
    }
    double probability = 1 / (1 + StrictMath.exp(-odds));
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < WIDTH; j++) {
        system[i][j] += probability * (1 - probability) * tick.row()[i] * tick.row()[j];
      }
      system[i][WIDTH] += ((tick.jump() ? 1 : 0) - probability) * tick.row()[i];
    }
  }

  /** Gauss' elimination; the matrix is positive definite, so that no pivot is zero. */
  private static double[] solve(double[][] system) {
    for (int pivot = 0; pivot < WIDTH; pivot++) {
      for (int row = 0; row < WIDTH; row++) {
        double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
        for (int column = pivot; column <= WIDTH && factor != 0; column++) {
          system[row][column] -= factor * system[pivot][column];
        }
      }
    }
    double[] solution = new double[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      solution[i] = system[i][WIDTH] / system[i][i];
    }
    return solution;
  }

  private static OnnxModel model(double[] weights) {
    float[] slopes = {(float) weights[1], (float) weights[2], (float) weights[3]};
    return Graph.named("jumps")
        .input("moves", OnnxType.tensor(ElementType.FLOAT, Dim.rows(), Dim.of(slopes.length)))
        .initializer(Initializer.floats("smallest", List.of(), (float) SMALLEST))
        .initializer(Initializer.floats("slopes", List.of((long) slopes.length), slopes))
        .initializer(Initializer.floats("bias", List.of(), (float) weights[0]))
        .initializer(Initializer.int64s("last_axis", List.of(1L), 1))
        .node(Node.of("Add").in("moves", "smallest").out("positive"))
        .node(Node.of("Log").in("positive").out("logarithms"))
        .node(Node.of("Mul").in("logarithms", "slopes").out("parts"))
        .node(Node.of("ReduceSum").in("parts", "last_axis").out("sum").with("keepdims", 0))
        .node(Node.of("Add").in("sum", "bias").out("odds"))
        .node(Node.of("Sigmoid").in("odds").out("probability"))
        .output("probability", OnnxType.tensor(ElementType.FLOAT, Dim.rows()))
        .toModel();
  }
}
