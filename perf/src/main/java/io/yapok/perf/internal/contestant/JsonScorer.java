package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.kafka.common.header.Header;

/**
 * JSON in, JSON out, with Yapok's own decoder and encoder: a comparison with Yapok then speaks of what lies around them. The model's run is ours here, over the
 * batch's own columns.
 */
final class JsonScorer implements Scorer {
  private static final long MAX_BATCH_BYTES = 64L << 20;

  private final ScoredModel model;
  private final Batch batch;
  private final RecordDecoder decoder;
  private final ResultEncoder encoder;
  private final ByteBuffer in;
  private final ByteBuffer out;

  /** Owns the model from now on. */
  JsonScorer(ScoredModel model) {
    CompiledSteps steps = model.steps();
    this.model = model;
    this.batch = new Batch(steps.layout(), MAX_BATCH_BYTES);
    this.decoder = Formats.decoder("json", steps.source());
    this.encoder = Formats.encoder("json", steps.result());
    this.in = column("input." + model.input(), model.inputWidth());
    this.out = column("out." + model.output(), model.outputWidth());
  }

  /** The bytes of a column with room for a whole poll, so that they stay where they are. */
  private ByteBuffer column(String name, int width) {
    Layout layout = batch.layout();
    for (int slot = 0; slot < layout.columns().size(); slot++) {
      if (layout.column(slot).name().equals(name)) {
        batch.reserveRows(ClientSettings.MAX_POLL_RECORDS);
        batch.column(slot).reserveElements((long) ClientSettings.MAX_POLL_RECORDS * width);
        return batch.column(slot).bytes().duplicate().order(ByteOrder.nativeOrder());
      }
    }
    throw new IllegalStateException("no column is named " + name);
  }

  @Override
  public List<Header> headers() {
    return List.of();
  }

  @Override
  public void score(byte[][] values, int count, byte[][] results) throws OrtException {
    if (count > ClientSettings.MAX_POLL_RECORDS) {
      throw new IllegalArgumentException(count + " records are more than a poll");
    }
    batch.clear();
    for (int i = 0; i < count; i++) {
      int record = batch.addRecord(null, values[i], 0, 0, 0, null);
      if (!decoder.decode(batch) || batch.isRejected(record)) {
        throw new IllegalStateException("a record is not one of the benchmark's: " + batch.rejection(record));
      }
    }
    model.run(in, out, batch.rows());
    long time = System.currentTimeMillis();
    for (int i = 0; i < count; i++) {
      results[i] = encoder.encode(batch, i, time);
    }
  }

  @Override
  public void close() throws OrtException {
    model.close();
  }
}
