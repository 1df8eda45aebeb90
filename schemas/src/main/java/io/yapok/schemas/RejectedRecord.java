package io.yapok.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be scored, with all that its dead-letter record says; the fields are those of {@link OwnSchema#REJECT}.
 *
 * @param reason a code of {@link RejectReason}, or one that this version does not know
 * @param step that could not go on
 * @param field dotted path, or the output; empty where none is concerned
 * @param message what was expected and what came
 * @param pipeline that rejected it, by name
 * @param pipelineVersion that pipeline's content hash
 * @param model {@code NAME/VERSION} of the step's model; null where the step has none
 * @param origin where the record was in the source topic; null if that is not known
 * @param deadLetter where the reject is in the dead-letter topic
 * @param timestamp the record's own, in milliseconds since 1970; -1 where it had none
 * @param key as it was; read only
 * @param value as it was, read only; no matter where {@code valueSize} says that it was too large to keep
 * @param valueSize bytes of a value that is not here since it was too large; null where nothing is missing
 * @param headers the record's own, in order
 * @param replays how many times it had been replayed before it was rejected
 * @param replayed whether it was replayed since
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way into a file, which nobody compares
public record RejectedRecord(
    String reason,
    String step,
    String field,
    String message,
    String pipeline,
    String pipelineVersion,
    @Nullable String model,
    @Nullable Place origin,
    Place deadLetter,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    @Nullable Long valueSize,
    List<Header> headers,
    int replays,
    boolean replayed) {

  public RejectedRecord {
    headers = List.copyOf(headers);
  }

  /** A record's place in a topic. */
  public record Place(String topic, int partition, long offset) {}

  /** A record's header; its value is read only. */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Header(String name, byte @Nullable [] value) {}
}
