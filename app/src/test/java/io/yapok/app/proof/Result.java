package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What stands in a result, read without the engine: every scalar of the JSON by its path. */
record Result(Map<String, String> fields) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern NUMBERED = Pattern.compile("\\{\"key\":(\\d+),\"n\":(\\d+),.*", Pattern.DOTALL);

  /** Which record of the load a value is, by the key and the number that it begins with. */
  record Which(int key, int number) {}

  static Result of(byte[] value) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), value)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          fields.put(parser.streamReadContext().pathAsPointer().toString(), parser.getString());
        }
      }
    }
    return new Result(fields);
  }

  /** The key's number: keys are {@code k} and it. */
  static int key(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(new String(record.key(), UTF_8).substring(1));
  }

  /** Which record this value of the source, or of the dead-letter topic, is. */
  static Which which(byte[] value) {
    Matcher matcher = NUMBERED.matcher(new String(value, 0, Math.min(value.length, 60), UTF_8));
    if (!matcher.matches()) {
      throw new AssertionError("a value that nobody sent: " + new String(value, 0, Math.min(value.length, 200), UTF_8));
    }
    return new Which(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Which record this answers, by what it says came in. */
  Which which() {
    return new Which(Math.toIntExact(whole("/in/key")), Math.toIntExact(whole("/in/n")));
  }

  /** What is answered, for a message. */
  String answer() {
    var answer = new TreeMap<>(fields);
    answer.keySet().removeIf(path -> !path.startsWith("/out/"));
    return answer.toString();
  }

  long whole(String path) {
    return new BigDecimal(text(path)).longValueExact();
  }

  double real(String path) {
    return Double.parseDouble(text(path));
  }

  private String text(String path) {
    var text = fields.get(path);
    if (text == null) {
      throw new AssertionError("a result without " + path + ": " + fields);
    }
    return text;
  }
}
