package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.ResultSchema;
import java.util.List;

/**
 * Writes a result as the bytes of its outputs, one after the other in the document's order, then of its rankings: the positions of the rows that were kept, as int32
 * counted from 0 in the record, then each field of those rows. With many rows an output has its rows leading. What else a result says stands in
 * {@linkplain TensorHeaders headers}.
 */
public final class TensorResultEncoder implements ResultEncoder {
  private final Part[] outputs;
  private final Kept[] rankings;
  private final TensorHeaders headers;

  /**
   * An encoder for one thread.
   *
   * @throws IllegalArgumentException if an output or a ranking's field is text or JSON; whoever compiles a pipeline has checked that
   */
  public TensorResultEncoder(ResultSchema schema) {
    outputs = schema.outputs().stream().map(output -> Part.of(output.name(), output, schema)).toArray(Part[]::new);
    rankings = schema.rankings().stream().map(ranking -> Kept.of(ranking, schema)).toArray(Kept[]::new);
    headers = new TensorHeaders(schema, new OutputShapes(schema.manyRows(), outputs, rankings));
  }

  @Override
  public byte[] encode(Batch batch, int record, long timeMillis) {
    int from = batch.rowStart(record);
    int to = batch.rowEnd(record);
    byte[] result = new byte[Math.toIntExact(length(batch, from, to))];
    int at = 0;
    for (Part output : outputs) {
      at = output.write(batch, from, to, result, at);
    }
    for (Kept ranking : rankings) {
      at = ranking.write(batch, from, to, result, at);
    }
    return result;
  }

  @Override
  public List<ResultHeader> headers(Batch batch, int record) {
    return headers.of(batch, batch.rowStart(record), batch.rowEnd(record));
  }

  private long length(Batch batch, int from, int to) {
    long length = 0;
    for (Part output : outputs) {
      length += output.length(batch, from, to);
    }
    for (Kept ranking : rankings) {
      length += ranking.length(batch, from, to);
    }
    return length;
  }
}
