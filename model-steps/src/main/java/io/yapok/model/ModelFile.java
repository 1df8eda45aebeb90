package io.yapok.model;

import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.Where;
import java.nio.file.Path;

/**
 * A model file, read once: what is checked, hashed and run are the same bytes.
 *
 * @param version name, version and SHA-256 of {@code bytes}
 * @param path of the file
 * @param bytes the file's; read only
 * @param where it is asked for: its place in a document, or its path
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are large, compared by their hash, and never shown
public record ModelFile(ModelVersion version, Path path, byte[] bytes, Where where) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ModelFile that && version.equals(that.version) && where.equals(that.where);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return version + " at " + where;
  }
}
