package io.yapok.schemas;

import io.yapok.schemas.internal.avro.OwnSchemas;
import java.util.Locale;

/** The Avro schemas that Yapok itself defines, each in a file of {@code src/main/avro}; {@code docs/schemas.md} describes every field. A later version reads what an earlier one wrote. */
public enum OwnSchema {
  /** The frame of a result; a pipeline's own schema ({@link RecordSchemas#avroResult}) has its outputs too. */
  RESULT,
  /** A record that could not be scored. */
  REJECT,
  /** A pipeline document. */
  PIPELINE,
  /** A pipeline and the models that it runs. */
  RELEASE;

  /** Its name in files and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The schema in JSON, whole: it refers to no other. */
  public String json(boolean indented) {
    return OwnSchemas.json(this, indented);
  }
}
