package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.model.internal.onnx.Answer.UnshowableException;
import io.yapok.model.internal.onnx.Batching.Effect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a model on made-up rows, each alone, then together in several numbers and orders, and compares: do rows change each other's answers, and do outputs follow
 * the rows? Bounded in time; runs once, at load, and warms the model on the way.
 */
final class Probe {
  /** What the probe saw. {@code alone} and {@code together} are one run's outputs; empty where the model took none of the rows. */
  record Finding(List<Answer> alone, List<Boolean> followsRows, Effect effect, String reason) {}

  private static final long SEED = 0x59415f4b4f50L;
  private static final int ROWS = 8;
  private static final int[] SIZES = {2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 64, 96, 127, 128};
  private static final int[] DYNAMIC_SIZES = {3, 32, 224};
  private static final long BUDGET_NANOS = 1_000_000_000L;
  private static final double ROUNDING = 1e-5;
  /** Where terms cancel, what is left differs by the rounding of the terms: a few units in the last place of the row's largest element. */
  private static final double CANCELLATION = 5e-7;

  private final OrtSession session;
  private final List<InputSpec> inputs;
  private final List<String> outputs;
  private final int fixedRunSize;
  private final int mostRows;
  private final boolean wildIntegers;
  private int used = ROWS;
  private long nanosPerRow;

  /**
   * A probe.
   *
   * @param fixedRunSize rows that every run must have, 0 where any number will do
   * @param mostRows no run will ever have more, so none is tried with more
   * @param wildIntegers whether large whole numbers can do no harm; where they may become sizes, they could ask for all memory
   */
  Probe(OrtSession session, List<InputSpec> inputs, List<String> outputs, int fixedRunSize, int mostRows, boolean wildIntegers) {
    this.session = session;
    this.inputs = inputs;
    this.outputs = outputs;
    this.fixedRunSize = fixedRunSize;
    this.mostRows = mostRows;
    this.wildIntegers = wildIntegers;
  }

  /**
   * Probes with the wildest values that the model takes.
   *
   * @throws UnshowableException if an output has a form that results cannot show
   */
  Finding run() throws UnshowableException {
    String refusal = "";
    boolean dynamic = inputs.stream().anyMatch(input -> !input.shape().isFixed());
    for (int dynamicSize : dynamic ? DYNAMIC_SIZES : new int[] {1}) {
      for (ProbeRows.Kind kind : ProbeRows.Kind.values()) {
        try {
          return probe(new ProbeRows(inputs, Math.min(ROWS, Math.max(2, mostRows)), kind, dynamicSize, wildIntegers, SEED));
        } catch (OrtException e) {
          refusal = OrtRuntime.message(e);
        }
      }
    }
    return new Finding(List.of(), List.of(), Effect.UNKNOWN, "it failed on every made-up row (" + refusal + "), so what rows do to each other is not known");
  }

  /** How long a row took alone, in nanoseconds, in the run after the first; 0 if the model took none of the rows. */
  long nanosPerRow() {
    return nanosPerRow;
  }

  private Finding probe(ProbeRows rows) throws OrtException, UnshowableException {
    List<Answer> first = run(rows, alone(0)); // the first run of a session also sets up memory, so the next one is timed
    long start = System.nanoTime();
    List<Answer> again = run(rows, alone(0));
    long nanosPerRun = Math.max(1, System.nanoTime() - start);
    nanosPerRow = nanosPerRun / Math.max(1, fixedRunSize);
    if (compare(first, again) != Effect.NONE) {
      return new Finding(first, follow(first, Math.max(1, fixedRunSize)), Effect.CHANGES_ANSWERS, "its answers differ from run to run");
    }
    if (fixedRunSize == 1 || mostRows == 1) {
      return new Finding(first, follow(first, 1), Effect.UNKNOWN, fixedRunSize == 1 ? "its inputs take one row a run" : "its rows are too large to share a run");
    }
    used = Math.clamp(BUDGET_NANOS / nanosPerRun, 2, rows.count());
    List<List<Answer>> alone = new ArrayList<>(List.of(first));
    for (int row = 1; row < used; row++) {
      alone.add(run(rows, alone(row)));
    }
    return fixedRunSize > 1 ? fixed(rows, alone) : flexible(rows, alone, start + BUDGET_NANOS);
  }

  private Finding flexible(ProbeRows rows, List<List<Answer>> alone, long deadline) throws UnshowableException {
    List<Answer> first = alone.getFirst();
    List<Boolean> follows = new ArrayList<>(follow(first, 1));
    Effect worst = Effect.NONE;
    for (int size : SIZES) {
      if (size > 2 && (size > mostRows || System.nanoTime() - deadline > 0)) {
        break;
      }
      for (int[] order : List.of(cycle(size, 0), cycle(size, 1))) {
        List<Answer> together;
        try {
          together = run(rows, order);
        } catch (OrtException e) {
          return new Finding(first, follows, Effect.UNKNOWN, "it takes one row a run: " + OrtRuntime.message(e));
        }
        for (int output = 0; output < follows.size(); output++) {
          follows.set(output, follows.get(output) && rowsOf(together.get(output)) == size);
        }
        int stray = follows.indexOf(false);
        if (stray >= 0) {
          return new Finding(first, follows, Effect.UNKNOWN, "output \"" + outputs.get(stray) + "\" has no dimension for rows");
        }
        worst = worse(worst, compare(together, order, alone));
      }
    }
    return new Finding(first, follows, worst, reason(worst));
  }

  private Finding fixed(ProbeRows rows, List<List<Answer>> alone) throws OrtException, UnshowableException {
    List<Answer> first = alone.getFirst();
    List<Boolean> follows = follow(first, fixedRunSize);
    int stray = follows.indexOf(false);
    if (stray >= 0) {
      return new Finding(first, follows, Effect.UNKNOWN, "output \"" + outputs.get(stray) + "\" has no dimension of " + fixedRunSize + " rows");
    }
    Effect worst = Effect.NONE;
    for (int offset = 0; offset < used; offset++) {
      int[] order = cycle(fixedRunSize, offset);
      worst = worse(worst, compare(run(rows, order), order, alone));
    }
    return new Finding(first, follows, worst, reason(worst));
  }

  private static String reason(Effect effect) {
    return switch (effect) {
      case NONE -> "answers are the same bit for bit alone and together";
      case ROUNDING -> "answers alone and together differ by rounding, at most 1e-5 of the value; `deterministic: true` runs row by row instead";
      case CHANGES_ANSWERS -> "rows change each other's answers";
      case UNKNOWN -> "what rows do to each other is not known";
    };
  }

  /** One row, repeated as often as a fixed batch needs. */
  private int[] alone(int row) {
    int[] rows = new int[Math.max(1, fixedRunSize)];
    Arrays.fill(rows, row);
    return rows;
  }

  /** The probe's rows in turn from one on, as often as {@code size} needs; from another than the first in larger steps, so that neighbours change. */
  private int[] cycle(int size, int offset) {
    int step = offset == 0 || used % 5 == 0 ? 1 : 5;
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = (i * step + offset) % used;
    }
    return rows;
  }

  private List<Answer> run(ProbeRows rows, int[] order) throws OrtException, UnshowableException {
    Map<String, OnnxTensor> tensors = rows.tensors(order);
    try (OrtSession.Result result = session.run(tensors)) {
      List<Answer> answers = new ArrayList<>();
      for (int output = 0; output < outputs.size(); output++) {
        answers.add(Answer.read(result.get(output)));
      }
      return answers;
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private static List<Boolean> follow(List<Answer> answers, int rows) {
    return answers.stream().map(answer -> rowsOf(answer) == rows).toList();
  }

  /** The size of dimension 0, where that can be rows; else -1. */
  private static long rowsOf(Answer answer) {
    return switch (answer.form()) {
      case WHOLE, ROWS -> answer.dims().length == 0 ? -1 : answer.dims()[0];
      case MAP_SEQUENCE, MAPS_WHOLE -> answer.dims()[0];
      case MAP, TENSOR_SEQUENCE -> -1;
    };
  }

  private static Effect compare(List<Answer> together, int[] order, List<List<Answer>> alone) {
    Effect worst = Effect.NONE;
    for (int output = 0; output < together.size(); output++) {
      for (int i = 0; i < order.length; i++) {
        worst = worse(worst, compareRow(together.get(output), i, order.length, alone.get(order[i]).get(output)));
      }
    }
    return worst;
  }

  private static Effect compare(List<Answer> one, List<Answer> other) {
    Effect worst = Effect.NONE;
    for (int output = 0; output < one.size(); output++) {
      worst = worse(worst, compareRow(one.get(output), 0, 1, other.get(output)));
    }
    return worst;
  }

  /** Compares row {@code index} of {@code count} with the first row of what the same row answered alone. */
  private static Effect compareRow(Answer together, int index, int count, Answer alone) {
    if (!together.labels().equals(alone.labels())) {
      return Effect.CHANGES_ANSWERS;
    }
    int texts = together.texts().size() / count;
    if (!together.texts().subList(index * texts, (index + 1) * texts).equals(alone.texts().subList(0, Math.min(texts, alone.texts().size())))) {
      return Effect.CHANGES_ANSWERS;
    }
    int width = together.values().length / count;
    if (alone.values().length < width) {
      return Effect.CHANGES_ANSWERS;
    }
    return compareValues(Arrays.copyOfRange(together.values(), index * width, (index + 1) * width), alone.values());
  }

  private static Effect compareValues(double[] together, double[] alone) {
    double largest = 0;
    for (double value : together) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    Effect worst = Effect.NONE;
    for (int i = 0; i < together.length; i++) {
      if (Double.doubleToLongBits(together[i]) != Double.doubleToLongBits(alone[i])) {
        double scale = Math.max(Math.abs(together[i]), Math.abs(alone[i]));
        boolean rounding = Math.abs(together[i] - alone[i]) <= ROUNDING * scale + CANCELLATION * largest;
        worst = worse(worst, rounding ? Effect.ROUNDING : Effect.CHANGES_ANSWERS);
      }
    }
    return worst;
  }

  private static Effect worse(Effect one, Effect other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
