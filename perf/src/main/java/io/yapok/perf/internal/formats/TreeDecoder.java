package io.yapok.perf.internal.formats;

import java.nio.FloatBuffer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What one writes first for JSON: Jackson's tree, and its numbers one by one. */
final class TreeDecoder implements RecordsDecoder {
  private final JsonMapper mapper = new JsonMapper();
  private final FloatBuffer rows = EncodedRecords.rows();

  @Override
  public FloatBuffer decode(byte[][] records, int from, int to) {
    int at = 0;
    for (int i = from; i < to; i++) {
      for (JsonNode number : mapper.readTree(records[i]).get(EncodedRecords.FIELD)) {
        rows.put(at++, (float) number.doubleValue());
      }
    }
    return rows;
  }
}
