package io.yapok.perf.internal.formats;

import java.nio.FloatBuffer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** What careful people write for JSON: Jackson's parser, which passes over what nobody reads, and its numbers as they come. */
final class StreamingDecoder implements RecordsDecoder {
  private final JsonMapper mapper = new JsonMapper();
  private final FloatBuffer rows = EncodedRecords.rows();

  @Override
  public FloatBuffer decode(byte[][] records, int from, int to) {
    int at = 0;
    for (int i = from; i < to; i++) {
      try (JsonParser parser = mapper.createParser(records[i])) {
        at = read(parser, at);
      }
    }
    return rows;
  }

  private int read(JsonParser parser, int start) {
    int at = start;
    parser.nextToken();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isRead = EncodedRecords.FIELD.equals(parser.currentName());
      parser.nextToken();
      if (isRead) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          rows.put(at++, parser.getFloatValue());
        }
      } else {
        parser.skipChildren();
      }
    }
    return at;
  }
}
