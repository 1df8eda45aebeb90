package io.yapok.schemas.internal.avro;

import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Release;
import io.yapok.schemas.Where;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Releases as records of {@code release.avsc} in container files. */
public final class ReleaseFile {
  private static final Schema SCHEMA = OwnSchemas.of(OwnSchema.RELEASE);
  private static final Schema PIPELINE = SCHEMA.getField("pipeline").schema();
  private static final Schema MODEL = SCHEMA.getField("models").schema().getElementType();

  private ReleaseFile() {}

  /** Writes a file of one release. */
  public static void write(Release release, OutputStream out) throws IOException {
    try (var file = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      file.create(SCHEMA, out).append(record(release));
    }
  }

  /**
   * Reads the release of a file.
   *
   * @throws ProblemsException if it has none
   */
  public static Release read(Path file) {
    GenericRecord record = first(file);
    List<Release.Model> models = new ArrayList<>();
    for (Object model : (List<?>) record.get("models")) {
      models.add(model((GenericRecord) model));
    }
    PipelineDocument document = PipelineDocument.of(tree(record, file), file.toString());
    return new Release(text(record, "version"), document, models, Instant.ofEpochMilli((Long) record.get("time")), text(record, "by"));
  }

  @SuppressWarnings("unchecked") // a record is a map of its fields' names
  private static Map<String, Object> tree(GenericRecord release, Path file) {
    try {
      return (Map<String, Object>) Objects.requireNonNull(AvroTree.fromAvro(PIPELINE, release.get("pipeline")));
    } catch (AvroTypeException e) {
      throw unreadable(file, e);
    }
  }

  private static GenericRecord first(Path file) {
    try (var in = new BufferedInputStream(Files.newInputStream(file));
        var records = new DataFileStream<>(in, new GenericDatumReader<GenericRecord>(null, SCHEMA))) {
      if (records.hasNext()) {
        return records.next();
      }
    } catch (NoSuchFileException e) {
      throw new ProblemsException(new Problem("there is no such file", Where.of(file.toString()), "name a file that 'yapok release' wrote"));
    } catch (IOException | RuntimeException e) { // bytes that are none of Avro's make its reader throw what it likes
      throw unreadable(file, e);
    }
    throw new ProblemsException(new Problem("the file is empty", Where.of(file.toString()), "name a file that 'yapok release' wrote"));
  }

  private static ProblemsException unreadable(Path file, Exception e) {
    return new ProblemsException(new Problem("the release cannot be read (" + e + ")", Where.of(file.toString()), "name a file that 'yapok release' wrote"));
  }

  private static GenericRecord record(Release release) {
    GenericRecord record = new GenericData.Record(SCHEMA);
    record.put("version", release.version());
    record.put("pipeline", AvroTree.toAvro(PIPELINE, release.document().tree()));
    record.put("models", release.models().stream().map(ReleaseFile::record).toList());
    record.put("time", release.time().toEpochMilli());
    record.put("by", release.by());
    return record;
  }

  private static GenericRecord record(Release.Model model) {
    GenericRecord record = new GenericData.Record(MODEL);
    record.put("name", model.version().name());
    record.put("version", model.version().version());
    record.put("sha256", model.version().sha256());
    record.put("size", model.size());
    record.put("path", model.path());
    return record;
  }

  private static Release.Model model(GenericRecord record) {
    ModelVersion version = new ModelVersion(text(record, "name"), (Long) record.get("version"), text(record, "sha256"));
    return new Release.Model(version, (Long) record.get("size"), text(record, "path"));
  }

  private static String text(GenericRecord record, String field) {
    return record.get(field).toString();
  }
}
