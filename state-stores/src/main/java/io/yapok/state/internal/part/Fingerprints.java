package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.StateSpec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/** Takes the fingerprints by which duplicates are known. Belongs to one thread. */
public final class Fingerprints {
  private final int from;
  private final MessageDigest digest;

  /** Of a column's values, or of whole records. */
  public Fingerprints(StateSpec.DedupeColumn dedupe) {
    this.from = dedupe.from();
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Of a record with rows; a field is that of its first row. */
  public Fingerprint of(Batch batch, int record) {
    if (from < 0) {
      digest.update(Objects.requireNonNull(batch.value(record)));
    } else {
      updateField(batch.column(from), batch.rowStart(record));
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  private void updateField(Column column, int row) {
    ElementType type = column.spec().type();
    if (type == ElementType.TEXT) {
      digest.update(column.textPool(), column.textStart(row), column.textEnd(row) - column.textStart(row));
    } else {
      digest.update(column.bytes().slice(row * type.bytes(), type.bytes()));
    }
  }
}
