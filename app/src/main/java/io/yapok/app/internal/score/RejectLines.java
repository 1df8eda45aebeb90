package io.yapok.app.internal.score;

import io.yapok.schemas.Reject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Rejected records as JSON lines: the line's number in the input (counted from 1), the reason, and the record as it came. */
final class RejectLines {
  private final JsonFactory json = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
  private final OutputStream out;

  RejectLines(OutputStream out) {
    this.out = out;
  }

  void write(long line, Reject reject, byte[] record) {
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      generator.writeNumberProperty("line", line);
      generator.writeStringProperty("reason", reject.reason().code());
      generator.writeStringProperty("step", reject.step());
      generator.writeStringProperty("field", reject.field());
      generator.writeStringProperty("message", reject.message());
      generator.writeStringProperty("record", new String(record, StandardCharsets.UTF_8));
      generator.writeEndObject();
    }
    try {
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
