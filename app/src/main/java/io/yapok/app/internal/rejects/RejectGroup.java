package io.yapok.app.internal.rejects;

/**
 * Rejects of one kind.
 *
 * @param count how many
 * @param replayed how many of them were replayed since
 * @param sample the last of them
 */
public record RejectGroup(Kind kind, long count, long replayed, Sample sample) {
  /** What the rejects of a group have in common. */
  public record Kind(String reason, String step, String field) {}

  /**
   * One of a group.
   *
   * @param place in the dead-letter topic
   * @param timestamp the record's own, in milliseconds since 1970
   * @param message what was expected and what came
   */
  public record Sample(RecordPlace place, long timestamp, String message) {}
}
