package io.yapok.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.Formats;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.json.JacksonTree;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source, its decoder and the encoders of its results, given a record between two good ones as the engine would. What must hold: the record is rejected for a declared reason and has no rows, or it has
 * all of its rows, whatever else is in the batch; the good ones have theirs; its result is well formed or the record is rejected then.
 */
final class Pipeline {
  private static final long MOST_BYTES = 256L << 20;
  private static final Set<RejectReason> DECLARED =
      EnumSet.of(
          RejectReason.MALFORMED, RejectReason.NOT_FRAMED, RejectReason.UNKNOWN_SCHEMA, RejectReason.TRUNCATED, RejectReason.TRAILING_BYTES, RejectReason.WRONG_LENGTH, RejectReason.WRONG_BRANCH,
          RejectReason.TOO_DEEP, RejectReason.INVALID_UTF8, RejectReason.NONFINITE_LITERAL, RejectReason.MISSING_FIELD, RejectReason.WRONG_TYPE, RejectReason.WRONG_SHAPE, RejectReason.WRONG_SIZE,
          RejectReason.UNEVEN_ROWS, RejectReason.OUT_OF_RANGE, RejectReason.DUPLICATE_FIELD, RejectReason.TOO_LARGE);

  private final SourceSchema source;
  private final RecordDecoder decoder;
  private final List<ResultEncoder> json = new ArrayList<>();
  private final List<ResultEncoder> others = new ArrayList<>();
  private final byte[] good;
  private final long batchBytes;
  private final List<Object> goodRows;

  /**
   * A pipeline.
   *
   * @param good a record that it accepts
   * @param batchBytes bounds a batch's rows, as {@link Batch} says
   * @param hidden a field of the record that the second kind of results leaves out
   */
  Pipeline(String format, SourceSchema source, WriterSchemas writers, byte[] good, long batchBytes, String hidden) {
    this.source = source;
    this.good = good;
    this.batchBytes = batchBytes;
    decoder = Formats.decoder(format, source, writers);
    boolean showsFields = format.equals("tensor") || format.equals("oip");
    json.add(Formats.encoder("json", Fields.result(source, showsFields, List.of()), format, writers));
    json.add(Formats.encoder("json", Fields.result(source, showsFields, List.of(hidden)), format, writers));
    others.add(Formats.encoder("avro", Fields.result(source, showsFields, List.of()), format, writers));
    Batch alone = new Batch(source.layout(), batchBytes);
    alone.addRecord(null, good, 0, 0, 0, null);
    assertThat(decoder.decode(alone)).isTrue(); // without bounds: classes are loaded, and changed by Jazzer
    assertThat(alone.rejection(0)).as("the good record").isNull();
    goodRows = Rows.of(alone, 0);
  }

  /** What became of a record: the reason, or the batch that it stands alone in and its results in JSON, null where the record was rejected then. */
  record Outcome(@Nullable Reject reject, Batch batch, @Nullable Object result) {}

  /** Reads a record. */
  Outcome read(byte[] value) {
    Batch alone = new Batch(source.layout(), batchBytes);
    assertThat(decode(alone, value)).as("a record that is alone is taken or rejected").isTrue();
    Reject reject = alone.rejection(0);
    check(alone, 0);
    readAmongOthers(value, alone);
    if (reject != null) {
      return new Outcome(reject, alone, null);
    }
    alone.addElapsed(0, 1);
    Object result = null;
    for (ResultEncoder encoder : json) {
      byte[] bytes = encode(encoder, alone);
      result = bytes == null || result != null ? result : tree(bytes);
      if (bytes != null) {
        tree(bytes);
      }
    }
    others.forEach(encoder -> encode(encoder, alone));
    return new Outcome(null, alone, result);
  }

  private void readAmongOthers(byte[] value, Batch alone) {
    Batch batch = new Batch(source.layout(), batchBytes);
    decode(batch, good);
    int rows = batch.rows();
    if (decode(batch, value)) {
      check(batch, 1);
      assertThat(reason(batch.rejection(1))).as("the reason among others").isEqualTo(reason(alone.rejection(0)));
      assertThat(Rows.of(batch, 1)).as("the rows among others").isEqualTo(Rows.of(alone, 0));
    } else {
      assertThat(rows).as("a batch without rows takes any record").isPositive();
      batch.removeLastRecord();
      assertThat(batch.rows()).isEqualTo(rows);
    }
    int last = batch.records();
    if (decode(batch, good)) {
      assertThat(batch.rejection(last)).as("the good record after").isNull();
      assertThat(Rows.of(batch, last)).as("the good record after").isEqualTo(goodRows);
    }
    assertThat(Rows.of(batch, 0)).as("the good record before").isEqualTo(goodRows);
  }

  private boolean decode(Batch batch, byte[] value) {
    batch.addRecord(null, value, 0, 0, 0, null);
    return Bounds.within(() -> decoder.decode(batch));
  }

  private void check(Batch batch, int record) {
    Reject reject = batch.rejection(record);
    if (reject != null) {
      checkReject(reject);
      assertThat(reject.step()).isEqualTo(Reject.SOURCE);
      assertThat(batch.rowEnd(record)).as("rows of a rejected record").isEqualTo(batch.rowStart(record));
    } else if (source.rowsPath() == null) {
      assertThat(batch.rowEnd(record) - batch.rowStart(record)).as("rows of a record").isEqualTo(1);
    }
    assertThat(batch.rows()).isLessThanOrEqualTo(batch.maxRows());
    long bytes = 0;
    for (int slot = 0; slot < source.layout().columns().size(); slot++) {
      Column column = batch.column(slot);
      bytes += column.bytes().capacity() + column.textPool().length;
      if (column.spec().type().isPooled()) {
        int expected = batch.rows() == 0 ? 0 : column.start(batch.rows() - 1) + column.count(batch.rows() - 1);
        assertThat(column.texts()).as("texts of %s", column.spec()).isEqualTo(expected);
      }
    }
    assertThat(bytes).as("bytes of the columns").isLessThan(MOST_BYTES);
  }

  private static void checkReject(Reject reject) {
    assertThat(DECLARED).contains(reject.reason());
    assertThat(reject.message()).hasSizeBetween(1, 503);
  }

  private static @Nullable RejectReason reason(@Nullable Reject reject) {
    return reject == null ? null : reject.reason();
  }

  private static byte @Nullable [] encode(ResultEncoder encoder, Batch batch) {
    try {
      return Bounds.within(() -> encoder.encode(batch, 0, 0));
    } catch (RejectedException e) {
      checkReject(e.reject());
      return null;
    }
  }

  private static Object tree(byte[] result) {
    for (byte b : result) {
      if (b == '\n' || b == '\r') {
        throw new AssertionError("a result in JSON is one line");
      }
    }
    Object tree = JacksonTree.readResult(result);
    assertThat(tree).isNotNull();
    return tree;
  }
}
