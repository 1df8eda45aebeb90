package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** Raw floats in, raw floats out: bytes are copied into the model's buffer and out of it, and nothing else is done. */
final class TensorScorer implements Scorer {
  private static final int MOST_ROWS = 2048;
  private static final int MOST_BYTES = 64 << 20;

  private final ScoredModel model;
  private final List<Header> headers;
  private final int inputBytes;
  private final int outputBytes;
  private final int mostRows;
  private final ByteBuffer in;
  private final ByteBuffer out;

  /** Owns the model from now on. */
  TensorScorer(ScoredModel model) {
    this.model = model;
    this.headers = model.resultHeaders();
    this.inputBytes = model.inputWidth() * Float.BYTES;
    this.outputBytes = model.outputWidth() * Float.BYTES;
    this.mostRows = Math.clamp(MOST_BYTES / inputBytes, 1, MOST_ROWS);
    this.in = ByteBuffer.allocateDirect(mostRows * inputBytes).order(ByteOrder.nativeOrder());
    this.out = ByteBuffer.allocateDirect(mostRows * outputBytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public List<Header> headers() {
    return headers;
  }

  @Override
  public void score(byte[][] values, int count, byte[][] results) throws OrtException {
    for (int from = 0; from < count; from += mostRows) {
      run(values, from, Math.min(mostRows, count - from), results);
    }
  }

  private void run(byte[][] values, int from, int rows, byte[][] results) throws OrtException {
    for (int row = 0; row < rows; row++) {
      if (values[from + row].length != inputBytes) {
        throw new IllegalStateException("a record has " + values[from + row].length + " bytes, not " + inputBytes);
      }
      in.put(row * inputBytes, values[from + row], 0, inputBytes);
    }
    model.run(in, out, rows);
    for (int row = 0; row < rows; row++) {
      byte[] result = new byte[outputBytes];
      out.get(row * outputBytes, result, 0, outputBytes);
      results[from + row] = result;
    }
  }

  @Override
  public void close() throws OrtException {
    model.close();
  }
}
