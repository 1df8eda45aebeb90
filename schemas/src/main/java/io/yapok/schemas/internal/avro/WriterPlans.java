package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.field.BadRecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has made of each writer's schema, found by the id in front of a record. The Confluent wire format: a byte of zero, the id in four bytes, big-endian, and the value.
 *
 * @param <P> what is made of a schema
 */
final class WriterPlans<P> {
  /** Where the value begins. */
  static final int VALUE = 1 + Integer.BYTES;

  /** More schemas than any topic has: those before are made anew when they come again. */
  private static final int MOST = 1000;

  private final WriterSchemas schemas;
  private final Function<Schema, P> maker;
  private final Map<Integer, P> plans = new HashMap<>();
  private int lastId;
  private @Nullable P last;

  WriterPlans(WriterSchemas schemas, Function<Schema, P> maker) {
    this.schemas = schemas;
    this.maker = maker;
  }

  /**
   * The plan for a record.
   *
   * @throws BadRecordException if it is not framed so, or nobody knows its schema
   */
  P of(byte[] record) {
    if (record.length < VALUE || record[0] != 0) {
      throw new BadRecordException(RejectReason.NOT_FRAMED, "", "a zero byte and a schema's id expected in front of an Avro record, " + front(record) + " came");
    }
    int id = (record[1] & 0xFF) << 24 | (record[2] & 0xFF) << 16 | (record[3] & 0xFF) << 8 | (record[4] & 0xFF);
    P plan = last;
    if (plan == null || id != lastId) {
      plan = find(id);
      last = plan;
      lastId = id;
    }
    return plan;
  }

  private P find(int id) {
    P known = plans.get(id);
    if (known != null) {
      return known;
    }
    P made = maker.apply(schema(id));
    if (plans.size() == MOST) {
      plans.clear();
    }
    plans.put(id, made);
    return made;
  }

  /**
   * The schema of an id. Names are taken as they are: whoever wrote with it could use it.
   *
   * @throws BadRecordException if nobody knows it
   */
  Schema schema(int id) {
    WriterSchemas.Written written = written(id);
    try {
      Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
      written.references().forEach(parser::parse);
      return parser.parse(written.json());
    } catch (RuntimeException e) { // the parser throws what it stumbles over: for a type that nothing defines, a NullPointerException
      throw unknown(id, e);
    }
  }

  private WriterSchemas.Written written(int id) {
    try {
      return schemas.written(id);
    } catch (UnknownSchemaException e) {
      throw unknown(id, e);
    }
  }

  private static BadRecordException unknown(int id, RuntimeException e) {
    return new BadRecordException(RejectReason.UNKNOWN_SCHEMA, "", "the schema with id " + id + " cannot be had: " + e.getMessage());
  }

  private static String front(byte[] record) {
    return record.length < VALUE ? record.length + " bytes" : "a byte of " + (record[0] & 0xFF);
  }
}
