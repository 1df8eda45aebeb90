package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Scores a poll in one run. JSON is read and written by Yapok's own decoder and encoder, so that a comparison with Yapok speaks of what lies around them; the
 * model's run is ours here: tensors that view the batch's columns, and outputs written in place.
 */
final class VectorScorer implements AutoCloseable {
  private static final String JSON = "json";
  private static final int INPUT = 0;
  private static final int OUTPUT = 1;
  private static final long MAX_BATCH_BYTES = 64L << 20;

  private final Workload workload;
  private final Batch batch;
  private final RecordDecoder decoder;
  private final ResultEncoder encoder;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Takes each record's result, in order. */
  interface Results {
    void accept(ConsumerRecord<byte[], byte[]> record, byte[] result);
  }

  VectorScorer(Workload workload, byte[] model) throws OrtException {
    this.workload = workload;
    Layout layout =
        new Layout(
            List.of(
                new ColumnSpec("input." + workload.input(), ElementType.FLOAT32, RowShape.of(workload.width())),
                new ColumnSpec("out." + workload.output(), ElementType.FLOAT32, RowShape.of(1))));
    this.batch = new Batch(layout, MAX_BATCH_BYTES);
    this.decoder = Formats.decoder(JSON, new SourceSchema(layout, List.of(new SourceField(workload.input(), INPUT, null)), null));
    this.encoder = Formats.encoder(JSON, results(layout, sha256(model)));
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      this.session = environment.createSession(model, options);
    }
  }

  private ResultSchema results(Layout layout, String sha256) {
    return new ResultSchema(
        layout,
        workload.name(),
        sha256.substring(0, 16), // as long as a pipeline's version
        List.of(new ModelVersion(workload.name(), 1, sha256)),
        List.of(new ResultSchema.Named(workload.output(), OUTPUT)),
        List.of(),
        List.of(),
        false,
        List.of(),
        List.of("*"));
  }

  /** Scores all records of a poll. */
  void score(Iterable<ConsumerRecord<byte[], byte[]>> records, Results results) throws OrtException {
    long start = System.nanoTime();
    batch.clear();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      decode(record);
    }
    long decoded = System.nanoTime();
    batch.addElapsed(decoded - start);
    runModel(batch.rows());
    batch.addElapsed(System.nanoTime() - decoded);
    long time = System.currentTimeMillis();
    int index = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      results.accept(record, encoder.encode(batch, index++, time));
    }
  }

  private void decode(ConsumerRecord<byte[], byte[]> record) {
    int index = batch.addRecord(record.key(), record.value(), record.timestamp(), record.partition(), record.offset(), null);
    if (!decoder.decode(batch) || batch.isRejected(index)) {
      throw new IllegalStateException("record " + record.offset() + " of partition " + record.partition() + " is not one of the benchmark's");
    }
  }

  private void runModel(int rows) throws OrtException {
    try (OnnxTensor input = view(INPUT, rows, workload.width());
        OnnxTensor output = view(OUTPUT, rows, 1)) {
      session.run(Map.of(workload.input(), input), Set.of(), Map.of(workload.output(), output)).close();
    }
  }

  private OnnxTensor view(int slot, int rows, int width) throws OrtException {
    ByteBuffer bytes = batch.column(slot).bytes().slice(0, rows * width * Float.BYTES).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(environment, bytes, new long[] {rows, width}, OnnxJavaType.FLOAT);
  }

  private static String sha256(byte[] model) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
