package io.yapok.schemas;

/**
 * Why one record was not scored.
 *
 * @param reason the code
 * @param step the step that could not go on: {@code source} for decoding, {@code state} for recalling, {@code tables} for joining, {@code sink} for what concerns the result, else the step's name
 * @param field the field's dotted path or the column concerned; empty where none is
 * @param message what was expected and what came, one line, bounded in length, without the record's content beyond a short excerpt
 */
public record Reject(RejectReason reason, String step, String field, String message) {
  /** The step named when a record cannot be decoded. */
  public static final String SOURCE = "source";

  /** The step named when a result cannot be sent. */
  public static final String SINK = "sink";

  /** The step named when what is remembered about a record's key cannot be recalled. */
  public static final String STATE = "state";

  /** The step named when a record cannot be joined with a table, or a table's record is no row. */
  public static final String TABLES = "tables";

  private static final int MAX_MESSAGE = 500;

  public Reject {
    message = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "...";
  }
}
