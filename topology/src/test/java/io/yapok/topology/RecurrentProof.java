package io.yapok.topology;

import static io.yapok.topology.KeyedRuns.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.topology.KeyedRuns.Sent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A GRU with 64 hidden units for each of 100,000 keys, a million records of them in random order and in polls of random size: every answer is that of its key's sequence run
 * alone, record by record bit for bit, and in one run of the model over the whole sequence but for rounding. A minute or two.
 */
class RecurrentProof {
  private static final int KEYS = Integer.getInteger("yapok.proof.keys", 100_000);
  private static final int STEPS = 10;
  private static final int FEATURES = 8;
  private static final String PIPELINE =
      """
      name: gru
      source: {topic: steps, format: tensor%s}
      steps:
        - {model: %s.onnx, deterministic: true%s}
      sink: {topic: scored, format: tensor}
      rejects: {topic: bad}
      """;

  @TempDir private Path directory;

  private Pipeline pipeline(String name, OnnxModel model, String source, String step) throws IOException {
    model.writeTo(directory.resolve(name + ".onnx"));
    return Pipeline.load(Files.writeString(directory.resolve(name + ".yaml"), PIPELINE.formatted(source, name, step)));
  }

  @Test
  void shouldAnswerAsEachKeysWholeSequenceAlone() throws IOException {
    long seed = Long.getLong("yapok.proof.seed", new Random().nextLong());
    Random random = new Random(seed);
    int[] order = IntStream.range(0, KEYS * STEPS).map(record -> record % KEYS).toArray(); // the key of each record
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int key = order[i];
      order[i] = order[other];
      order[other] = key;
    }
    float[][][] sequences = new float[KEYS][STEPS][];
    int[] seen = new int[KEYS];
    List<Sent> sent = new ArrayList<>();
    for (int key : order) {
      float[] x = new float[FEATURES];
      for (int i = 0; i < FEATURES; i++) {
        x[i] = (float) random.nextGaussian();
      }
      sequences[key][seen[key]++] = x;
      sent.add(new Sent("key-" + key, tensor(x), sent.size()));
    }
    String[][] scores = streamed(sent, order, random);
    int apart = differences(sequences, scores);
    assertAsOneRun(sequences, scores, seed);
    System.out.printf("RecurrentProof: %,d keys x %d steps, %,d of %,d answers differ from the key's sequence alone, record by record (seed %d)%n", KEYS, STEPS, apart, order.length, seed);
    assertThat(apart).isZero();
  }

  /** The answers by key and step, of records of all keys in runs of random size. */
  private String[][] streamed(List<Sent> sent, int[] order, Random random) throws IOException {
    KeyedRuns runs = new KeyedRuns();
    try (Pipeline pipeline = pipeline("step", SampleModels.gru(FEATURES, 64, 7), "", ", state: {h_in: h_out}");
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      pipeline.current().notes().forEach(System.out::println);
      Memory memory = Memory.inHeap();
      long start = System.nanoTime();
      for (int from = 0; from < sent.size(); ) {
        int to = Math.min(sent.size(), from + 1 + random.nextInt(1000));
        runs.run(runner, memory, sent, from, to);
        from = to;
      }
      System.out.printf("RecurrentProof: streamed at %,.0f records/s, state in the heap%n", sent.size() / ((System.nanoTime() - start) / 1e9));
    }
    String[][] scores = new String[KEYS][STEPS];
    int[] seen = new int[KEYS];
    for (int i = 0; i < order.length; i++) {
      scores[order[i]][seen[order[i]]++] = runs.answers.get(i);
    }
    return scores;
  }

  /** How many answers are other bits than when each key's records run one by one, with nobody else's. */
  private int differences(float[][][] sequences, String[][] scores) throws IOException {
    int apart = 0;
    try (Pipeline pipeline = pipeline("alone", SampleModels.gru(FEATURES, 64, 7), "", ", state: {h_in: h_out}");
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      for (int key = 0; key < sequences.length; key++) {
        KeyedRuns alone = new KeyedRuns();
        List<Sent> sequence = Arrays.stream(sequences[key]).map(x -> new Sent("k", tensor(x), 0)).toList();
        Memory memory = Memory.inHeap();
        for (int step = 0; step < STEPS; step++) {
          alone.run(runner, memory, sequence, step, step + 1);
          apart += alone.answers.get(step).equals(scores[key][step]) ? 0 : 1;
        }
      }
    }
    return apart;
  }

  /** One run of ONNX Runtime's GRU over a key's whole sequence: the rows of one record are its steps. */
  private void assertAsOneRun(float[][][] sequences, String[][] scores, long seed) throws IOException {
    double largest = 0;
    try (Pipeline pipeline = pipeline("whole", SampleModels.gruOverSequences(Dim.of(STEPS), FEATURES, 64, 7), "", "");
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      for (int key = 0; key < sequences.length; key++) {
        KeyedRuns whole = new KeyedRuns();
        float[] flat = new float[STEPS * FEATURES];
        for (int step = 0; step < STEPS; step++) {
          System.arraycopy(sequences[key][step], 0, flat, step * FEATURES, FEATURES);
        }
        whole.run(runner, Memory.NONE, List.of(new Sent("k", tensor(flat), 0)), 0, 1);
        ByteBuffer expected = little(whole.answers.getFirst());
        for (int step = 0; step < STEPS; step++) {
          float score = little(scores[key][step]).getFloat(0);
          assertThat(score).as("key %d, step %d, seed %d", key, step, seed).isCloseTo(expected.getFloat(step * Float.BYTES), within(1e-5f));
          largest = Math.max(largest, Math.abs(score - expected.getFloat(step * Float.BYTES)));
        }
      }
    }
    System.out.printf("RecurrentProof: largest difference from one run over the whole sequence %.1e%n", largest);
  }

  private static ByteBuffer little(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
