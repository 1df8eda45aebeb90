package io.yapok.state.internal.stored;

import io.yapok.state.StateTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** What is remembered, in a table: written by one plan, read as any plan has written it. Belongs to one thread. */
public final class StoredStates {
  private final StateTable table;
  private final StatePlan plan;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
  private final Map<Long, StatePlan.Written> others = new HashMap<>();
  private @Nullable BinaryDecoder decoder;
  private boolean schemaStands;

  /** Over a table, which its owner closes. */
  public StoredStates(StateTable table, StatePlan plan) {
    this.table = table;
    this.plan = plan;
  }

  /**
   * Fills a record with what the table has for a key.
   *
   * @throws IllegalStateException if it is not what a version of this pipeline has written
   */
  public void read(byte[] key, KeyRecord into) {
    into.clear();
    byte[] value = table.get(key);
    if (value == null) {
      return;
    }
    if (!SingleObject.is(value)) {
      throw new IllegalStateException("the state of a key is of no known format: was it written by another version? 'yapok reset' forgets it");
    }
    boolean own = Arrays.equals(value, 0, SingleObject.HEADER_BYTES, plan.header(), 0, SingleObject.HEADER_BYTES);
    try {
      read(value, own ? null : other(value), into);
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalStateException("the state of a key cannot be read: " + e.getMessage(), e);
    }
  }

  private void read(byte[] value, StatePlan.@Nullable Written other, KeyRecord into) throws IOException {
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, decoder);
    decoder = in;
    into.filled(in.readLong());
    if (other != null) {
      other.read(in, into.parts);
      return;
    }
    for (var part : into.parts) {
      part.read(in);
    }
  }

  private StatePlan.Written other(byte[] value) {
    return others.computeIfAbsent(SingleObject.fingerprint(value), _ -> {
      byte[] schema = table.get(StatePlan.schemaKey(value));
      if (schema == null) {
        throw new IllegalStateException("the state of a key names a schema that the store does not have");
      }
      return plan.written(new String(schema, StandardCharsets.UTF_8));
    });
  }

  /** Puts a record in place of what the table has for a key; deletes it if there is nothing to store. */
  public void write(byte[] key, KeyRecord record) {
    if (record.isEmpty()) {
      table.delete(key);
      return;
    }
    putSchema();
    bytes.reset();
    byte[] header = plan.header();
    bytes.write(header, 0, header.length);
    try {
      encoder.writeLong(record.clock);
      for (var part : record.parts) {
        part.write(encoder);
      }
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the stream is memory
    }
    table.put(key, bytes.toByteArray());
  }

  /** Values may be read by any later version, also from the changelog alone: what they are written by goes in front of the first. */
  private void putSchema() {
    if (schemaStands) {
      return;
    }
    byte[] key = StatePlan.schemaKey(plan.header());
    if (table.get(key) == null) {
      table.put(key, plan.schemaText());
    }
    schemaStands = true;
  }
}
