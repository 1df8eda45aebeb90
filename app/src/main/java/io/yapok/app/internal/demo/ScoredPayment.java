package io.yapok.app.internal.demo;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * A result as the demo shows it.
 *
 * @param fields the payment's own fields, as text
 * @param score the model's answer, 0 to 1
 * @param fraud whether the pipeline flagged it
 */
record ScoredPayment(Map<String, String> fields, double score, boolean fraud) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a result of the demo's pipeline. */
  static ScoredPayment read(byte[] result) {
    Map<String, String> fields = new HashMap<>();
    double score = Double.NaN;
    boolean fraud = false;
    try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), result)) {
      String section = "";
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
          section = depth == 2 ? String.valueOf(parser.currentName()) : section;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (token.isScalarValue() && depth == 2) {
          String name = String.valueOf(parser.currentName());
          switch (section) {
            case "in" -> fields.put(name, parser.getString());
            case "out" -> score = name.equals("score") ? parser.getDoubleValue() : score;
            case "anomaly" -> fraud |= name.equals("fraud") && token == JsonToken.VALUE_TRUE;
            default -> {
              // metadata says nothing that the screen shows
            }
          }
        }
      }
    }
    return new ScoredPayment(fields, score, fraud);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
