package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Batch;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.internal.json.JsonBuffer;
import io.yapok.schemas.internal.json.RecordText;
import io.yapok.schemas.internal.json.ShownFields;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/** An Avro record as the JSON that says the same, or narrowed to some of its top-level fields. */
final class AvroRecordText implements RecordText {
  private final ShownFields shown;
  private final WriterPlans<Plan> plans;
  private final AvroInput in = new AvroInput();
  private final AvroJson json = new AvroJson();
  private final JsonBuffer notShown = new JsonBuffer();

  /**
   * How a writer's records are written.
   *
   * @param fields of a record that is shown in part; empty where it is shown as it is
   */
  private record Plan(Schema schema, List<Schema.Field> fields) {}

  AvroRecordText(ShownFields shown, WriterSchemas schemas) {
    this.shown = shown;
    this.plans = new WriterPlans<>(schemas, this::plan);
  }

  private Plan plan(Schema schema) {
    boolean inPart = schema.getType() == Schema.Type.RECORD && !shown.areAll();
    return new Plan(schema, inPart ? schema.getFields() : List.of());
  }

  @Override
  public boolean isAbsent() {
    return shown.areNone();
  }

  @Override
  public void write(Batch batch, int record, JsonBuffer out) {
    byte[] value = Objects.requireNonNull(batch.value(record));
    Plan plan = plans.of(value);
    in.start(value, WriterPlans.VALUE);
    if (plan.fields().isEmpty()) {
      json.write(plan.schema(), in, out);
    } else {
      writeSome(plan.fields(), out);
    }
  }

  private void writeSome(List<Schema.Field> fields, JsonBuffer out) {
    out.raw('{');
    boolean first = true;
    for (Schema.Field field : fields) {
      if (!shown.has(field.name())) {
        notShown.clear();
        json.write(field.schema(), in, notShown);
        continue;
      }
      if (!first) {
        out.raw(',');
      }
      first = false;
      AvroJson.text(field.name(), out);
      out.raw(':');
      json.write(field.schema(), in, out);
    }
    out.raw('}');
  }
}
