package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.json.JsonBuffer;
import io.yapok.schemas.internal.json.RecordText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a result as an Avro record in the Confluent wire format, straight from the columns: what a result in JSON says, by the schema that {@link ResultRecord} makes. {@code in} is the record as JSON text;
 * {@code anomaly.flagged} has the rules that flag the record, and how many of its rows each flags.
 */
final class AvroResultEncoder implements ResultEncoder {
  private static final int NULL = 0;
  private static final int VALUE = 1;

  private final AvroOutput out = new AvroOutput();
  private final JsonBuffer text = new JsonBuffer();
  private final RecordText input;
  private final byte[] frame;
  private final ResultValue[] outputs;
  private final Kept[] rankings;
  private final Flag[] flags;
  private final byte[] origin;
  private final boolean manyRows;

  /** A rule's name and its column of flags. */
  private record Flag(byte[] name, int slot) {}

  /** The rows of a record that a rank step kept. */
  private record Kept(int orderSlot, ResultValue[] fields) {}

  /**
   * An encoder for one thread. Its schema is registered, which may take a network call.
   *
   * @param input how records are shown
   */
  AvroResultEncoder(ResultSchema schema, RecordText input, WriterSchemas schemas) {
    this.input = input;
    frame = ByteBuffer.allocate(WriterPlans.VALUE).put((byte) 0).putInt(ResultRecord.register(schema, schemas)).array();
    outputs = values(schema, schema.outputs());
    rankings = schema.rankings().stream().map(ranking -> new Kept(ranking.orderSlot(), values(schema, ranking.fields()))).toArray(Kept[]::new);
    flags = schema.anomalies().stream().map(rule -> new Flag(rule.name().getBytes(StandardCharsets.UTF_8), rule.slot())).toArray(Flag[]::new);
    origin = origin(schema);
    manyRows = schema.manyRows();
  }

  static ResultValue[] values(ResultSchema schema, List<Named> columns) {
    return columns.stream().map(named -> new ResultValue(named.slot(), schema.layout().column(named.slot()))).toArray(ResultValue[]::new);
  }

  /** What is the same in each result, from the start of {@code metadata} to {@code elapsed}. */
  private static byte[] origin(ResultSchema schema) {
    AvroOutput fixed = new AvroOutput();
    fixed.writeText(schema.pipeline());
    fixed.writeText(schema.pipelineVersion());
    if (!schema.models().isEmpty()) {
      fixed.writeLong(schema.models().size());
    }
    for (ModelVersion model : schema.models()) {
      fixed.writeText(model.name());
      fixed.writeLong(model.version());
      fixed.writeText(model.sha256());
    }
    fixed.writeLong(0);
    return fixed.toArray();
  }

  @Override
  public byte[] encode(Batch batch, int record, long timeMillis) {
    out.clear();
    out.writeRaw(frame, 0, frame.length);
    out.writeLong(timeMillis);
    writeInput(batch, record);
    writeOutputs(batch, batch.rowStart(record), batch.rowEnd(record));
    writeFlags(batch, batch.rowStart(record), batch.rowEnd(record));
    out.writeRaw(origin, 0, origin.length);
    if (batch.elapsedCount() > 0) {
      out.writeLong(batch.elapsedCount());
    }
    for (int stage = 0; stage < batch.elapsedCount(); stage++) {
      out.writeLong(batch.elapsedNanos(stage));
    }
    out.writeLong(0);
    out.writeLong(batch.partition(record));
    out.writeLong(batch.offset(record));
    return out.toArray();
  }

  private void writeInput(Batch batch, int record) {
    if (input.isAbsent()) {
      out.writeLong(NULL);
      return;
    }
    text.clear();
    try {
      input.write(batch, record, text);
    } catch (BadRecordException bad) {
      throw new RejectedException(bad.toReject());
    }
    byte[] json = text.toArray();
    out.writeLong(VALUE);
    out.writeBytes(json, 0, json.length);
  }

  private void writeOutputs(Batch batch, int from, int to) {
    for (ResultValue output : outputs) {
      out.writeLong(VALUE);
      if (manyRows) {
        writeRows(output, batch, from, to);
      } else {
        output.write(batch, from, out);
      }
    }
    for (Kept ranking : rankings) {
      out.writeLong(VALUE);
      writeRanking(ranking, batch, from, to);
    }
  }

  private void writeRows(ResultValue output, Batch batch, int from, int to) {
    if (to > from) {
      out.writeLong((long) to - from);
    }
    for (int row = from; row < to; row++) {
      output.write(batch, row, out);
    }
    out.writeLong(0);
  }

  private void writeRanking(Kept ranking, Batch batch, int from, int to) {
    Column order = batch.column(ranking.orderSlot());
    int kept = 0;
    while (from + kept < to && order.ints().get(from + kept) >= 0) {
      kept++;
    }
    if (kept > 0) {
      out.writeLong(kept);
    }
    for (int i = 0; i < kept; i++) {
      for (ResultValue field : ranking.fields()) {
        out.writeLong(VALUE);
        field.write(batch, order.ints().get(from + i), out);
      }
    }
    out.writeLong(0);
  }

  private void writeFlags(Batch batch, int from, int to) {
    int count = 0;
    for (Flag flag : flags) {
      count += rows(flag, batch, from, to) > 0 ? 1 : 0;
    }
    out.writeLong(count);
    if (count > 0) {
      out.writeLong(count);
      for (Flag flag : flags) {
        int rows = rows(flag, batch, from, to);
        if (rows > 0) {
          out.writeBytes(flag.name(), 0, flag.name().length);
          out.writeLong(rows);
        }
      }
    }
    out.writeLong(0);
  }

  private static int rows(Flag flag, Batch batch, int from, int to) {
    Column column = batch.column(flag.slot());
    int flagged = 0;
    for (int row = from; row < to; row++) {
      flagged += column.bytes().get(row) != 0 ? 1 : 0;
    }
    return flagged;
  }
}
