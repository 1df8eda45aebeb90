package io.yapok.app.internal.score;

import io.yapok.app.internal.Utf8;
import io.yapok.schemas.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Rejected records as JSON lines: the line's number in the input (counted from 1), the reason, and the record as it came; one that is not UTF-8 in Base64, as
 * {@code record_base64}.
 */
final class RejectLines {
  private final JsonFactory json = new JsonFactory();
  private final OutputStream out;

  RejectLines(OutputStream out) {
    this.out = out;
  }

  void write(long line, Reject reject, byte[] record) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(record.length + 256);
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      generator.writeNumberProperty("line", line);
      generator.writeStringProperty("reason", reject.reason().code());
      generator.writeStringProperty("step", reject.step());
      generator.writeStringProperty("field", reject.field());
      generator.writeStringProperty("message", reject.message());
      writeRecord(generator, record);
      generator.writeEndObject();
    }
    text.write('\n');
    try {
      text.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeRecord(JsonGenerator generator, byte[] record) {
    Utf8.text(record)
        .ifPresentOrElse(
            text -> generator.writeStringProperty("record", text),
            () -> {
              generator.writeName("record_base64");
              generator.writeBinary(record);
            });
  }
}
