package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.internal.field.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a result as one line of JSON, straight from the columns: {@code time}, {@code in}, {@code out}, {@code anomaly}, {@code metadata}.
 *
 * <ul>
 *   <li>{@code in} is the record as it came, but for line breaks between its values, which become spaces: a result is always one line. Of a record in another format
 *       it is what the same record would have been in JSON.
 *   <li>{@code out} has a scalar as a value, a shape as nested arrays, labelled elements as an object, a ranking as an array of objects. Where records hold many
 *       rows, each output is an array with one entry a row, empty for a record without rows.
 *   <li>Numbers are the shortest that read back as the same float or double; what JSON has no number for is {@code "NaN"}, {@code "Infinity"} or
 *       {@code "-Infinity"}.
 *   <li>{@code anomaly.count} is how many rules flagged the record; with many rows a rule flags a record if it flags any row, and {@code anomaly.rows} has how many
 *       rows each rule flagged.
 * </ul>
 */
public final class JsonResultEncoder implements ResultEncoder {
  private static final byte[] TIME = JsonBuffer.ascii("{\"time\":");
  private static final byte[] IN = JsonBuffer.ascii(",\"in\":");
  private static final byte[] OUT = JsonBuffer.ascii(",\"out\":{");
  private static final byte[] ANOMALY = JsonBuffer.ascii("},\"anomaly\":{\"count\":");
  private static final byte[] ROWS = JsonBuffer.ascii(",\"rows\":{");
  private static final byte[] PARTITION = JsonBuffer.ascii("],\"partition\":");
  private static final byte[] OFFSET = JsonBuffer.ascii(",\"offset\":");
  private static final byte[] END = JsonBuffer.ascii("}}");

  private final JsonBuffer out = new JsonBuffer();
  private final RecordText input;
  private final ValuesWriter[] outputs;
  private final Flag[] flags;
  private final RankingWriter[] rankings;
  private final boolean manyRows;
  private final byte[] metadata;

  /**
   * An encoder for one thread.
   *
   * @param input how records are shown
   */
  public JsonResultEncoder(ResultSchema schema, RecordText input) {
    this.input = input;
    outputs = Arrays.stream(writers(schema, schema.outputs())).map(output -> new ValuesWriter(output, schema.manyRows())).toArray(ValuesWriter[]::new);
    flags = schema.anomalies().stream().map(rule -> new Flag(ValueWriter.quoted(rule.name()), rule.slot())).toArray(Flag[]::new);
    rankings =
        schema.rankings().stream()
            .map(ranking -> new RankingWriter(ValueWriter.quoted(ranking.name()), ranking.orderSlot(), writers(schema, ranking.fields())))
            .toArray(RankingWriter[]::new);
    manyRows = schema.manyRows();
    metadata = metadata(schema);
  }

  @Override
  public byte[] encode(Batch batch, int record, long timeMillis) {
    out.clear();
    try {
      write(batch, record, timeMillis);
    } catch (BadRecordException bad) {
      throw new RejectedException(bad.toReject());
    }
    return out.toArray();
  }

  private void write(Batch batch, int record, long timeMillis) {
    out.raw(TIME);
    out.whole(timeMillis);
    writeInput(batch, record);
    out.raw(OUT);
    writeOutputs(batch, record);
    out.raw(ANOMALY);
    writeFlags(batch, record);
    out.raw(metadata);
    for (int stage = 0; stage < batch.elapsedCount(); stage++) {
      if (stage > 0) {
        out.raw(',');
      }
      out.whole(batch.elapsedNanos(stage));
    }
    out.raw(PARTITION);
    out.whole(batch.partition(record));
    out.raw(OFFSET);
    out.whole(batch.offset(record));
    out.raw(END);
  }

  private void writeInput(Batch batch, int record) {
    if (!input.isAbsent()) {
      out.raw(IN);
      input.write(batch, record, out);
    }
  }

  private void writeOutputs(Batch batch, int record) {
    int from = batch.rowStart(record);
    int to = batch.rowEnd(record);
    boolean first = true;
    for (ValuesWriter output : outputs) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      output.write(batch, from, to, out);
    }
    for (RankingWriter ranking : rankings) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      ranking.write(batch, from, to, out);
    }
  }

  private void writeFlags(Batch batch, int record) {
    int from = batch.rowStart(record);
    int to = batch.rowEnd(record);
    int count = 0;
    for (Flag flag : flags) {
      count += flag.rows(batch, from, to) > 0 ? 1 : 0;
    }
    out.whole(count);
    for (Flag flag : flags) {
      out.raw(',');
      out.raw(flag.name());
      out.bool(flag.rows(batch, from, to) > 0);
    }
    if (manyRows && flags.length > 0) {
      writeFlaggedRows(batch, from, to);
    }
  }

  private void writeFlaggedRows(Batch batch, int from, int to) {
    out.raw(ROWS);
    for (int i = 0; i < flags.length; i++) {
      if (i > 0) {
        out.raw(',');
      }
      out.raw(flags[i].name());
      out.whole(flags[i].rows(batch, from, to));
    }
    out.raw('}');
  }

  private static ValueWriter[] writers(ResultSchema schema, List<ResultSchema.Named> columns) {
    return columns.stream().map(named -> new ValueWriter(named.name(), named.slot(), schema.layout().column(named.slot()))).toArray(ValueWriter[]::new);
  }

  /** What is the same in each result, from the end of {@code anomaly} to the start of {@code elapsed}. */
  private static byte[] metadata(ResultSchema schema) {
    JsonBuffer fixed = new JsonBuffer();
    fixed.raw(JsonBuffer.ascii("},\"metadata\":{\"pipeline\":"));
    text(schema.pipeline(), fixed);
    fixed.raw(JsonBuffer.ascii(",\"pipeline_version\":"));
    text(schema.pipelineVersion(), fixed);
    fixed.raw(JsonBuffer.ascii(",\"models\":["));
    boolean first = true;
    for (ModelVersion model : schema.models()) {
      fixed.raw(JsonBuffer.ascii(first ? "{\"name\":" : ",{\"name\":"));
      first = false;
      text(model.name(), fixed);
      fixed.raw(JsonBuffer.ascii(",\"version\":"));
      fixed.whole(model.version());
      fixed.raw(JsonBuffer.ascii(",\"sha256\":"));
      text(model.sha256(), fixed);
      fixed.raw('}');
    }
    fixed.raw(JsonBuffer.ascii("],\"elapsed\":["));
    return fixed.toArray();
  }

  private static void text(String text, JsonBuffer into) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    into.text(utf8, 0, utf8.length);
  }

  /** A rule's column of flags, and its name in quotes with the colon. */
  private record Flag(byte[] name, int slot) {
    int rows(Batch batch, int from, int to) {
      Column column = batch.column(slot);
      int flagged = 0;
      for (int row = from; row < to; row++) {
        flagged += column.bytes().get(row) != 0 ? 1 : 0;
      }
      return flagged;
    }
  }

  /** The rows of a record that a rank step kept. */
  private record RankingWriter(byte[] name, int orderSlot, ValueWriter[] fields) {
    void write(Batch batch, int from, int to, JsonBuffer out) {
      out.raw(name);
      out.raw('[');
      Column order = batch.column(orderSlot);
      for (int entry = from; entry < to && order.ints().get(entry) >= 0; entry++) {
        if (entry > from) {
          out.raw(',');
        }
        writeRow(batch, order.ints().get(entry), out);
      }
      out.raw(']');
    }

    private void writeRow(Batch batch, int row, JsonBuffer out) {
      out.raw('{');
      for (int i = 0; i < fields.length; i++) {
        if (i > 0) {
          out.raw(',');
        }
        fields[i].writeName(out);
        fields[i].write(batch, row, out);
      }
      out.raw('}');
    }
  }
}
