package io.yapok.state.internal.stored;

import io.yapok.state.StateTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** The clocks of stored values, whichever version has written them, without what else is in them. Belongs to one thread. */
public final class StoredClocks {
  private final StateTable table;

  /** Fingerprints of schemas that begin with a clock. */
  private final Set<Long> known = new HashSet<>();

  private @Nullable BinaryDecoder decoder;

  /** Of values of this table, in which their schemas stand too. */
  public StoredClocks(StateTable table) {
    this.table = table;
  }

  /** The clock in a value; empty for a value of an unknown format or schema, and where nothing can be read: {@link StoredStates#read} says so when its key comes. */
  public OptionalLong of(byte[] value) {
    if (!SingleObject.is(value) || !isKnown(value)) {
      return OptionalLong.empty();
    }
    try {
      BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, decoder);
      decoder = in;
      return OptionalLong.of(in.readLong());
    } catch (IOException | AvroRuntimeException e) {
      return OptionalLong.empty();
    }
  }

  private boolean isKnown(byte[] value) {
    long fingerprint = SingleObject.fingerprint(value);
    if (known.contains(fingerprint)) {
      return true;
    }
    byte[] schema = table.get(StatePlan.schemaKey(value));
    if (schema == null || !beginsWithClock(schema)) {
      return false;
    }
    return known.add(fingerprint);
  }

  private static boolean beginsWithClock(byte[] text) {
    try {
      Schema schema = new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8));
      Schema.@Nullable Field clock = schema.getType() == Schema.Type.RECORD ? schema.getField(StatePlan.CLOCK) : null;
      return clock != null && clock.pos() == 0 && clock.schema().getType() == Schema.Type.LONG;
    } catch (AvroRuntimeException e) {
      return false; // something else stands under the schema's key
    }
  }
}
