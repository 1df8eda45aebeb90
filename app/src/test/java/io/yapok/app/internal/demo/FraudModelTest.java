package io.yapok.app.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed models are what training gives, and the demo's is good enough. After a change of the payments or
 * of training: copy {@code target/payments.onnx} over the resource, and {@code target/payments-alone.onnx} over the example's.
 */
class FraudModelTest {
  private static final Path TRAINED = Path.of("target");
  private static final Path EXAMPLE = Path.of("../examples/payments/payments-alone.onnx");
  private static final long UNSEEN_SEED = 7;
  private static final float THRESHOLD = 0.5f;

  @Test
  void shouldGiveTheCommittedBytesWhenTrainedAgain(@TempDir Path directory) throws IOException {
    Path trained = FraudModel.train().writeTo(TRAINED.resolve("payments.onnx"));
    assertThat(trained).hasBinaryContent(committed(directory));
    Path alone = FraudModel.trainAlone().writeTo(TRAINED.resolve("payments-alone.onnx"));
    assertThat(alone).hasSameBinaryContentAs(EXAMPLE);
  }

  @Test
  void shouldFindMostFraudsAndFewOthersWhenPaymentsAreUnseen(@TempDir Path directory)
      throws IOException, OrtException {
    Examples examples = Examples.of(UNSEEN_SEED, 300_000);
    float[] scores = scores(committed(directory), examples, 1_000);
    int frauds = 0;
    int flagged = 0;
    int caught = 0;
    for (int row = 0; row < scores.length; row++) {
      boolean flag = scores[row] > THRESHOLD;
      frauds += examples.isFraud(row) ? 1 : 0;
      flagged += flag ? 1 : 0;
      caught += flag && examples.isFraud(row) ? 1 : 0;
    }
    assertThat((double) caught / frauds).as("recall").isBetween(0.72, 0.9);
    assertThat((double) caught / flagged).as("precision").isBetween(0.82, 0.98);
  }

  @Test
  void shouldGiveTheSameBitsWhateverTheBatching(@TempDir Path directory)
      throws IOException, OrtException {
    byte[] model = committed(directory);
    Examples examples = Examples.of(UNSEEN_SEED, 3_000);
    float[] alone = scores(model, examples, 1);
    for (int batch : new int[] {2, 3, 5, 8, 15, 16, 17, 31, 64, 100, 255, 1_000, 3_000}) {
      assertThat(scores(model, examples, batch)).as("batches of %d", batch).isEqualTo(alone);
    }
  }

  static byte[] committed(Path directory) throws IOException {
    return Files.readAllBytes(DemoPipeline.copyTo(directory).resolveSibling("payments.onnx"));
  }

  static float[] scores(byte[] model, Examples examples, int batch) throws OrtException {
    float[] scores = new float[examples.count()];
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = OrtEnvironment.getEnvironment().createSession(model, options)) {
        for (int from = 0; from < scores.length; from += batch) {
          int count = Math.min(batch, scores.length - from);
          System.arraycopy(run(session, examples, from, count), 0, scores, from, count);
        }
      }
    }
    return scores;
  }

  private static float[] run(OrtSession session, Examples examples, int from, int count)
      throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String input : FraudModel.INPUTS) {
        FloatBuffer rows = FloatBuffer.wrap(column(examples, input), from, count);
        inputs.put(
            input,
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), rows, new long[] {count, 1}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return (float[]) result.get("score").orElseThrow().getValue();
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  /** Country 0 is home: whether they are equal is all that the model asks. */
  private static float[] column(Examples examples, String input) {
    return switch (input) {
      case "amount" -> examples.columns[Examples.AMOUNT];
      case "hour" -> examples.columns[Examples.HOUR];
      case "category" -> examples.columns[Examples.CATEGORY];
      case "channel" -> examples.columns[Examples.CHANNEL];
      case "country" -> examples.columns[Examples.ABROAD];
      case "home" -> new float[examples.count()];
      case "seen" -> examples.columns[Examples.SEEN];
      case "gap" -> examples.columns[Examples.GAP];
      case "recent" -> examples.columns[Examples.RECENT];
      case "spent" -> examples.columns[Examples.SPENT];
      case "least" -> examples.columns[Examples.LEAST];
      case "usual" -> examples.usual;
      default -> throw new IllegalArgumentException(input);
    };
  }
}
