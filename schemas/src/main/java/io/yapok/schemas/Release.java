package io.yapok.schemas;

import io.yapok.schemas.internal.avro.ReleaseFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A pipeline and exactly the models that it runs, as {@link OwnSchema#RELEASE} says it.
 *
 * @param version the content hash that results have as {@code pipeline_version}
 * @param document without its settings for Kafka, which a release does not hold
 * @param models in the order of the steps
 * @param time when it was made, to the millisecond
 * @param by who made it
 */
public record Release(String version, PipelineDocument document, List<Model> models, Instant time, String by) {
  public Release {
    models = List.copyOf(models);
  }

  /**
   * A model file.
   *
   * @param size in bytes
   * @param path from the document's directory, with {@code /} between names
   */
  public record Model(ModelVersion version, long size, String path) {}

  /**
   * The release in a file.
   *
   * @throws ProblemsException if there is none, or its document is none
   */
  public static Release read(Path file) {
    return ReleaseFile.read(file);
  }

  /** Writes it as an Avro object container file of one record; the stream is closed. */
  public void write(OutputStream out) throws IOException {
    ReleaseFile.write(this, out);
  }
}
