package io.yapok.schemas;

import io.yapok.schemas.PipelineDocument.Choice;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Format;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic whose newest record for each key is a row that records are joined with: {@code tables.NAME} of a pipeline document. Steps read its fields as {@code
 * table.NAME.FIELD}.
 *
 * @param by field of the record, or of a row, whose value is looked up; null for the record's own key, as it must be where the table is partitioned
 * @param global whether every instance has all of the table, rather than the partitions that it has of the source
 * @param asOf which row of a key a record is joined with
 * @param history how far behind the table's newest record one may be that is joined {@link AsOf#RECORD}
 * @param fields what is read of a row, of fixed shapes; one without a default that a row lacks rejects the record that is joined with the row
 */
public record PipelineTable(
    Located<String> name,
    Located<String> topic,
    Format format,
    @Nullable Located<String> by,
    boolean global,
    AsOf asOf,
    Duration history,
    List<DeclaredField> fields,
    Where where) {
  /** How far back unless the document says. */
  public static final Duration DEFAULT_HISTORY = Duration.ofDays(1);

  public PipelineTable {
    fields = List.copyOf(fields);
    if (global && asOf == AsOf.RECORD) {
      throw new IllegalArgumentException("the versions of a global table are not kept");
    }
    if (!global && by != null) {
      throw new IllegalArgumentException("a partitioned table is joined by the record's key");
    }
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a table has fields");
    }
  }

  /** Which row of a key a record is joined with. */
  public enum AsOf implements Choice {
    /** The newest that is there. */
    LATEST,
    /** The newest that is not younger than the record. */
    RECORD
  }
}
