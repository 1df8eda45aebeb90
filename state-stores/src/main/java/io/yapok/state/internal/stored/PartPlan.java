package io.yapok.state.internal.stored;

import io.yapok.state.internal.part.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * One part of what is remembered, for all keys.
 *
 * @param name of its field in the stored record
 * @param type of that field: a record whose own name is a hash of the definition, so that a part that means something else now does not read what was stored before
 * @param maker of the part of one key
 */
record PartPlan<P extends Part>(String name, Schema type, Supplier<P> maker) {
  private static final String NAMESPACE = "io.yapok.state";
  private static final String DEFINITION = "definition";

  /**
   * A part.
   *
   * @param definition in words, all that decides what its values mean
   * @param fields of its stored form, in the order in which it writes them
   */
  static <P extends Part> PartPlan<P> of(String name, String definition, List<Schema.Field> fields, Supplier<P> maker) {
    Schema type = Schema.createRecord(unique(name, definition), definition, NAMESPACE, false, fields);
    type.addProp(DEFINITION, definition);
    return new PartPlan<>(name, type, maker);
  }

  /** The part of another key. */
  P make() {
    return maker.get();
  }

  /** Whether a field that was written is this part. */
  boolean reads(Schema.Field written) {
    return written.name().equals(name) && written.schema().getType() == Schema.Type.RECORD && written.schema().getName().equals(type.getName());
  }

  private static String unique(String name, String definition) {
    byte[] text = (name + ": " + definition).getBytes(StandardCharsets.UTF_8);
    return "P" + Long.toHexString(SchemaNormalization.fingerprint64(text));
  }
}
