package io.yapok.app.internal.rejects;

import io.yapok.schemas.RejectedRecord;
import io.yapok.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a dead-letter topic, and what its headers say. Others may write to that topic too, so nothing is taken for granted: what is not said is empty.
 *
 * @param record as it was read
 * @param said the {@link DeadLetterHeaders} by name
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, Map<String, String> said) {
  /** How many times a record was replayed; on the source topic's record and, if that is rejected again, among the dead letter's own headers. */
  static final String REPLAYS = "yapok.replays";

  /** The dead letter that a source topic's record is a replay of: {@code PARTITION:OFFSET}. */
  static final String REPLAY_OF = "yapok.replay.of";

  static DeadLetter of(ConsumerRecord<byte[], byte[]> record) {
    return new DeadLetter(record, DeadLetterHeaders.added(record.headers()));
  }

  /** Where it is in the dead-letter topic. */
  public RecordPlace place() {
    return new RecordPlace(record.partition(), record.offset());
  }

  /** Where the record that was rejected is in the source topic, while that is retained. */
  public Optional<RecordPlace> origin() {
    return RecordPlace.parse(text(DeadLetterHeaders.ORIGIN_PARTITION) + ":" + text(DeadLetterHeaders.ORIGIN_OFFSET));
  }

  public String originTopic() {
    return text(DeadLetterHeaders.ORIGIN_TOPIC);
  }

  public String pipeline() {
    return text(DeadLetterHeaders.PIPELINE);
  }

  public String reason() {
    return text(DeadLetterHeaders.REASON);
  }

  public String step() {
    return text(DeadLetterHeaders.STEP);
  }

  public String field() {
    return text(DeadLetterHeaders.FIELD);
  }

  public String message() {
    return text(DeadLetterHeaders.MESSAGE);
  }

  /** Whether the value is not here but only at the origin, since it was too large. */
  public boolean isPointer() {
    return said.containsKey(DeadLetterHeaders.SIZE);
  }

  /** How many times the record had been replayed before it was rejected this time; 0 for a pointer, whose origin knows. */
  public int replays() {
    return replays(record.headers());
  }

  /** How many times a record with these headers has been replayed. */
  static int replays(Headers headers) {
    Header header = headers.lastHeader(REPLAYS);
    String count = header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    return count.matches("\\d{1,6}") ? Integer.parseInt(count) : 0;
  }

  /**
   * All that is known of it, for a file.
   *
   * @param replayed whether it was replayed since
   */
  RejectedRecord toRecord(boolean replayed) {
    List<RejectedRecord.Header> headers = new ArrayList<>();
    DeadLetterHeaders.original(record.headers()).forEach(header -> headers.add(new RejectedRecord.Header(header.key(), header.value())));
    return new RejectedRecord(
        reason(),
        step(),
        field(),
        message(),
        pipeline(),
        text(DeadLetterHeaders.PIPELINE_VERSION),
        said.get(DeadLetterHeaders.MODEL),
        origin().map(place -> place(originTopic(), place)).orElse(null),
        place(record.topic(), place()),
        record.timestamp(),
        record.key(),
        record.value(),
        valueSize(),
        headers,
        replays(),
        replayed);
  }

  private static RejectedRecord.Place place(String topic, RecordPlace place) {
    return new RejectedRecord.Place(topic, place.partition(), place.offset());
  }

  private @Nullable Long valueSize() {
    String size = text(DeadLetterHeaders.SIZE);
    return size.matches("\\d{1,18}") ? Long.valueOf(size) : null;
  }

  private String text(String name) {
    return said.getOrDefault(name, "");
  }
}
