package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ResultSchema;
import java.util.List;

/** Records whose fields are shown out of their columns: what the same records would have been in JSON. */
public final class FieldsText implements RecordText {
  private final List<ValuesWriter> values;
  private final boolean isAbsent;

  public FieldsText(ResultSchema schema) {
    ShownFields shown = ShownFields.of(schema);
    isAbsent = shown.areNone();
    values =
        schema.fields().stream()
            .filter(field -> shown.has(field.name()))
            .map(field -> new ValuesWriter(new ValueWriter(field.name(), field.slot(), schema.layout().column(field.slot())), schema.manyRows()))
            .toList();
  }

  @Override
  public boolean isAbsent() {
    return isAbsent;
  }

  @Override
  public void write(Batch batch, int record, JsonBuffer out) {
    out.raw('{');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      values.get(i).write(batch, batch.rowStart(record), batch.rowEnd(record), out);
    }
    out.raw('}');
  }
}
