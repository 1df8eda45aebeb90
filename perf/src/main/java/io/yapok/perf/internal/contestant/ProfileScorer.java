package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Scores records beside what is remembered of their keys: the record's fields and the features, as floats, into the model. Records are read with Yapok's decoder; features and
 * bytes of the memory are written by hand. Where memories lie is the caller's to know. Belongs to one thread, which also closes it.
 */
final class ProfileScorer implements AutoCloseable {
  private static final List<String> FIELD_COLUMNS = List.of("input.amount", "input.distance", "input.delay", "input.level");
  private static final long MAX_BATCH_BYTES = 1 << 20;

  private final ScoredModel model;
  private final List<Header> headers;
  private final Batch batch;
  private final RecordDecoder decoder;
  private final int[] slots;
  private final int features;
  private final @Nullable Profile profile;
  private final double[] fields = new double[Profile.FIELDS];
  private final double[] shown;
  private final ByteBuffer in;
  private final FloatBuffer inputs;
  private final ByteBuffer out;
  private final int outputBytes;

  /** Owns the model from now on. */
  private ProfileScorer(ScoredModel model) {
    Layout layout = model.steps().layout();
    this.model = model;
    this.headers = model.resultHeaders();
    this.batch = new Batch(layout, MAX_BATCH_BYTES);
    this.decoder = Formats.decoder("json", model.steps().source());
    this.slots = FIELD_COLUMNS.stream().mapToInt(layout::slot).toArray();
    this.features = model.inputWidth() - Profile.FIELDS;
    this.profile = features == 0 ? null : new Profile(features);
    this.shown = new double[features];
    this.outputBytes = model.outputWidth() * Float.BYTES;
    this.in = ByteBuffer.allocateDirect(ClientSettings.MAX_POLL_RECORDS * model.inputWidth() * Float.BYTES).order(ByteOrder.nativeOrder());
    this.inputs = in.asFloatBuffer();
    this.out = ByteBuffer.allocateDirect(ClientSettings.MAX_POLL_RECORDS * outputBytes).order(ByteOrder.nativeOrder());
  }

  static ProfileScorer of(Assignment assignment) throws IOException, OrtException {
    return new ProfileScorer(ScoredModel.load(assignment));
  }

  List<Header> headers() {
    return headers;
  }

  /** Whether anything is remembered; if not, {@link #place} takes null and answers null. */
  boolean remembers() {
    return profile != null;
  }

  /**
   * Puts a record and what is remembered of its key into a row of the next run.
   *
   * @param memory what was answered for the key's record before; null for its first
   * @return what is to be remembered now, a fresh array; null if nothing ever is
   */
  byte @Nullable [] place(int row, byte[] value, long time, byte @Nullable [] memory) {
    decode(value);
    int at = row * (Profile.FIELDS + features);
    for (double field : fields) {
      inputs.put(at++, (float) field);
    }
    if (profile == null) {
      return null;
    }
    profile.read(memory);
    profile.show(time, shown);
    for (double feature : shown) {
      inputs.put(at++, (float) feature);
    }
    profile.add(time, fields);
    return profile.write();
  }

  private void decode(byte[] value) {
    batch.clear();
    int record = batch.addRecord(null, value, 0, 0, 0, null);
    if (!decoder.decode(batch) || batch.isRejected(record)) {
      throw new IllegalStateException("a record is not one of the benchmark's: " + batch.rejection(record));
    }
    for (int i = 0; i < slots.length; i++) {
      fields[i] = batch.column(slots[i]).doubles().get(0);
    }
  }

  /** Runs the model over the rows that were placed. */
  void run(int rows) throws OrtException {
    model.run(in, out, rows);
  }

  /** The answer for a row of the last run, in a fresh array. */
  byte[] result(int row) {
    byte[] result = new byte[outputBytes];
    out.get(row * outputBytes, result, 0, outputBytes);
    return result;
  }

  @Override
  public void close() throws OrtException {
    model.close();
  }
}
