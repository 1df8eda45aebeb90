package io.yapok.topology;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers that a dead-letter record has beside those of the record that was rejected: what was wrong, who found it, and where it came from, the last under the
 * names that Kafka Streams uses (KIP-1034). All values are UTF-8 text. They are added after the record's own, {@link #ORIGIN_TOPIC} first.
 */
public final class DeadLetterHeaders {
  /** A code of {@link io.yapok.schemas.RejectReason}. */
  public static final String REASON = "yapok.reject.reason";

  /** The step that could not go on. */
  public static final String STEP = "yapok.reject.step";

  /** The field's dotted path or the column concerned; empty where none is. */
  public static final String FIELD = "yapok.reject.field";

  /** What was expected and what came. */
  public static final String MESSAGE = "yapok.reject.message";

  /** Bytes of the value that is not here, since it is larger than the dead-letter topic takes: such a record is a pointer to where it came from. */
  public static final String SIZE = "yapok.reject.size";

  /** The pipeline's name. */
  public static final String PIPELINE = "yapok.pipeline";

  /** The pipeline's version, a hash of its content. */
  public static final String PIPELINE_VERSION = "yapok.pipeline_version";

  /** {@code NAME/VERSION} of the step's model, if it has one. */
  public static final String MODEL = "yapok.model";

  /** The topic that the record came from. */
  public static final String ORIGIN_TOPIC = "__streams.errors.topic";

  /** Its partition there. */
  public static final String ORIGIN_PARTITION = "__streams.errors.partition";

  /** Its offset there. */
  public static final String ORIGIN_OFFSET = "__streams.errors.offset";

  /** The class that stands for what went wrong, for tools that know Kafka Streams. */
  public static final String ERROR_CLASS = "__streams.errors.exception";

  /** The same text as {@link #MESSAGE}, for tools that know Kafka Streams. */
  public static final String ERROR_MESSAGE = "__streams.errors.message";

  private static final Set<String> ALL =
      Set.of(REASON, STEP, FIELD, MESSAGE, SIZE, PIPELINE, PIPELINE_VERSION, MODEL, ORIGIN_TOPIC, ORIGIN_PARTITION, ORIGIN_OFFSET, ERROR_CLASS, ERROR_MESSAGE);

  private DeadLetterHeaders() {}

  /** What these headers of a dead-letter record say, by name; empty for a record that is none. */
  public static Map<String, String> added(Headers headers) {
    Map<String, String> added = new LinkedHashMap<>();
    int place = 0;
    int first = first(headers);
    for (Header header : headers) {
      if (isAdded(header, place++, first)) {
        added.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return added;
  }

  /**
   * A copy of a dead-letter record's headers as they were on the record that was rejected. That may have had some of these names itself, as results of one pipeline
   * have that are the records of the next: they stay.
   */
  public static RecordHeaders original(Headers headers) {
    RecordHeaders original = new RecordHeaders();
    int place = 0;
    int first = first(headers);
    for (Header header : headers) {
      if (!isAdded(header, place++, first)) {
        original.add(header);
      }
    }
    return original;
  }

  private static boolean isAdded(Header header, int place, int first) {
    return place >= first && ALL.contains(header.key());
  }

  /** The place of the first that was added: {@link #ORIGIN_TOPIC} always is, and before the others. */
  private static int first(Headers headers) {
    int first = Integer.MAX_VALUE;
    int place = 0;
    for (Header header : headers) {
      if (header.key().equals(ORIGIN_TOPIC)) {
        first = place;
      }
      place++;
    }
    return first;
  }
}
