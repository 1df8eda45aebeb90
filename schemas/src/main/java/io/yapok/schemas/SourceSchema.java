package io.yapok.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder needs to know.
 *
 * @param layout of the batches that it fills
 * @param fields what it writes and where
 * @param rowsPath dotted path of the array that holds the record's rows; null where a record is one row
 */
public record SourceSchema(Layout layout, List<SourceField> fields, @Nullable String rowsPath) {
  public SourceSchema {
    fields = List.copyOf(fields);
  }
}
