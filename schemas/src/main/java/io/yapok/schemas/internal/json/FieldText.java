package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;

/** A record that is one field, out of its column: what the same record would have been in JSON. */
public final class FieldText implements RecordText {
  private final ValuesWriter values;
  private final boolean isAbsent;
  private final boolean isShown;

  public FieldText(Named field, ResultSchema schema) {
    ShownFields shown = ShownFields.of(schema);
    values = new ValuesWriter(new ValueWriter(field.name(), field.slot(), schema.layout().column(field.slot())), schema.manyRows());
    isAbsent = shown.areNone();
    isShown = shown.has(field.name());
  }

  @Override
  public boolean isAbsent() {
    return isAbsent;
  }

  @Override
  public void write(Batch batch, int record, JsonBuffer out) {
    out.raw('{');
    if (isShown) {
      values.write(batch, batch.rowStart(record), batch.rowEnd(record), out);
    }
    out.raw('}');
  }
}
