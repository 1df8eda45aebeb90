package io.yapok.perf.internal.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.perf.internal.contestant.Profile;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the other contestants write by hand is what Yapok computes, feature by feature: the race itself only compares the scores. */
class ProfileTest {
  private static final int RECORDS = 3_000;
  private static final int KEYS = 3;
  private static final long HOUR = 3_600_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void shouldShowTheSameFeaturesToTheBitWhenTheyAreWrittenByHand(int features) throws IOException {
    long seed = new Random().nextLong();
    Stream stream = new Stream(seed);
    List<float[]> shown = new ArrayList<>();
    try (Pipeline pipeline = pipeline(features);
        PipelineRunner runner = new PipelineRunner(pipeline.current())) {
      runner.run(stream, Memory.inHeap(), new Collected(shown));
    }

    Map<Long, byte @Nullable []> memories = new HashMap<>();
    Profile profile = new Profile(features);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(shown.get(i)).as("seed %d, record %d", seed, i).containsExactly(byHand(profile, features, stream, i, memories));
    }
  }

  private Pipeline pipeline(int features) throws IOException {
    StateWorkload workload = new StateWorkload(new StateCase(features, KEYS, true), RECORDS, "");
    SampleModels.identity(ElementType.FLOAT, Profile.FIELDS + features).writeTo(directory.resolve(workload.modelFile()));
    return Pipeline.load(Files.writeString(directory.resolve("pipeline.yaml"), workload.pipeline("in", "out", 100)));
  }

  private static float[] byHand(Profile profile, int features, Stream stream, int record, Map<Long, byte @Nullable []> memories) {
    long key = ByteBuffer.wrap(stream.key(record)).getLong();
    double[] values = new double[features];
    profile.read(memories.get(key));
    profile.show(stream.timestamp(record), values);
    profile.add(stream.timestamp(record), stream.fields[record]);
    memories.put(key, profile.write());
    float[] all = new float[Profile.FIELDS + features];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) (i < Profile.FIELDS ? stream.fields[record][i] : values[i - Profile.FIELDS]);
    }
    return all;
  }

  /** Records that mostly come some minutes after each other, sometimes days, sometimes late by hours. */
  private static final class Stream implements PipelineRunner.Records {
    private final double[][] fields = new double[RECORDS][Profile.FIELDS];
    private final long[] keys = new long[RECORDS];
    private final long[] times = new long[RECORDS];

    Stream(long seed) {
      Random random = new Random(seed);
      long clock = 1_760_000_000_000L;
      for (int i = 0; i < RECORDS; i++) {
        keys[i] = random.nextInt(KEYS);
        int kind = random.nextInt(20);
        clock += kind == 0 ? random.nextLong(60 * HOUR) : random.nextLong(HOUR / 6);
        times[i] = kind < 3 ? clock - random.nextLong(2 * HOUR) : clock;
        for (int field = 0; field < Profile.FIELDS; field++) {
          fields[i][field] = random.nextInt(2_000_000) / 1000.0 - 1000;
        }
      }
    }

    @Override
    public int size() {
      return RECORDS;
    }

    @Override
    public byte[] key(int index) {
      return ByteBuffer.allocate(Long.BYTES).putLong(keys[index]).array();
    }

    @Override
    public byte[] value(int index) {
      double[] values = fields[index];
      String text = String.format(Locale.ROOT, "{\"amount\":%s,\"distance\":%s,\"delay\":%s,\"level\":%s}", values[0], values[1], values[2], values[3]);
      return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public long timestamp(int index) {
      return times[index];
    }

    @Override
    public int partition(int index) {
      return 0;
    }

    @Override
    public long offset(int index) {
      return index;
    }

    @Override
    public @Nullable Object origin(int index) {
      return null;
    }
  }

  private record Collected(List<float[]> shown) implements PipelineRunner.Answers {
    @Override
    public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
      ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
      float[] floats = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(floats);
      shown.add(floats);
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      throw new AssertionError(reject);
    }
  }
}
