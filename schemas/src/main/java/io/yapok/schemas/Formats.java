package io.yapok.schemas;

import io.yapok.schemas.internal.Format;
import io.yapok.schemas.internal.json.JsonFormat;
import io.yapok.schemas.internal.tensor.TensorFormat;
import java.util.List;

/** The formats of sources and sinks by the names that pipeline documents use. */
public final class Formats {
  private static final List<Format> ALL = List.of(new JsonFormat(), new TensorFormat());

  private Formats() {}

  /** All names, for messages and checks. */
  public static List<String> names() {
    return ALL.stream().map(Format::name).toList();
  }

  /** Whether there is a format of this name. */
  public static boolean isKnown(String name) {
    return names().contains(name);
  }

  /**
   * A decoder for one thread.
   *
   * @throws IllegalArgumentException if no format has this name, or it cannot hold these fields
   */
  public static RecordDecoder decoder(String format, SourceSchema schema) {
    return named(format).decoder(schema);
  }

  /**
   * An encoder for one thread. JSON takes the records' own bytes to be JSON unless the schema names a tensor ({@link ResultSchema#tensor}).
   *
   * @throws IllegalArgumentException if no format has this name, or it cannot hold these outputs
   */
  public static ResultEncoder encoder(String format, ResultSchema schema) {
    return named(format).encoder(schema);
  }

  private static Format named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no format is named " + name + "; there are " + String.join(", ", names())));
  }
}
