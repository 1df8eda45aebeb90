package io.yapok.topology;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.WriterSchemas;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the field that becomes a record's key ({@code source.key}) out of its value. Belongs to one thread. */
public final class KeyField {
  private static final int SLOT = 0;

  private final String path;
  private final Batch batch;
  private final RecordDecoder decoder;

  /**
   * A reader of a field.
   *
   * @param schemas where records name the schemas that they were written with
   */
  public KeyField(PipelineDocument.Format format, String path, WriterSchemas schemas) {
    this.path = path;
    Layout layout = new Layout(List.of(new ColumnSpec("input." + path, ElementType.JSON, RowShape.SCALAR)));
    this.batch = new Batch(layout, 1 << 16);
    this.decoder = Formats.decoder(format.label(), new SourceSchema(layout, List.of(new SourceField(path, SLOT, null)), null), schemas);
  }

  /**
   * Looks at a record.
   *
   * @return null if it has a key, which {@link #key} then returns; else why not
   */
  public @Nullable Reject read(byte @Nullable [] value) {
    batch.clear();
    int record = batch.addRecord(null, value, 0, 0, 0, null);
    if (!decoder.decode(batch)) {
      return new Reject(RejectReason.TOO_LARGE, Reject.SOURCE, path, "the record does not fit a batch");
    }
    Reject reject = batch.rejection(record);
    return reject != null || isScalar() ? reject : new Reject(RejectReason.WRONG_TYPE, Reject.SOURCE, path, "the key is text, a number or true or false, not an object or array");
  }

  /** The key of the record read last: a text's characters without quotes, anything else as it is written, in UTF-8. */
  public byte[] key() {
    String json = batch.column(SLOT).text(0);
    return (json.startsWith("\"") ? unquoted(json) : json).getBytes(StandardCharsets.UTF_8);
  }

  private boolean isScalar() {
    byte first = batch.column(SLOT).textPool()[batch.column(SLOT).textStart(0)];
    return first != '{' && first != '[';
  }

  /** The decoder has checked the text: it is a well-formed JSON string. */
  private static String unquoted(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 1; i < json.length() - 1; i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        text.append(c);
      } else {
        char escaped = json.charAt(++i);
        if (escaped == 'u') {
          text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
          i += 4;
        } else {
          text.append(unescaped(escaped));
        }
      }
    }
    return text.toString();
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
