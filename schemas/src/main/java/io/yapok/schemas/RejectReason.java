package io.yapok.schemas;

import java.util.Locale;

/** Why a record was not scored. A closed list: the code stands in dead-letter headers, metrics and reports, so names never change. */
public enum RejectReason {
  /** The value is null and the pipeline does not pass tombstones on. */
  NULL_VALUE,
  /** The key is null where state or re-keying needs one. */
  NULL_KEY,
  /** The key is one under which a state store keeps its own schemas. */
  RESERVED_KEY,
  /** The value is not a document of the source's format. */
  MALFORMED,
  /** An Avro record without the byte of zero and the schema's id that stand in front of it in the Confluent wire format. */
  NOT_FRAMED,
  /** An Avro record names a schema that the registry does not have, or that is none of Avro's. */
  UNKNOWN_SCHEMA,
  /** The record ends in the midst of a value. */
  TRUNCATED,
  /** Something follows the end of the record. */
  TRAILING_BYTES,
  /** A length or count in front of a value is one that no record can have: negative, or of a gigabyte. */
  WRONG_LENGTH,
  /** An Avro union names a branch that its schema does not have. */
  WRONG_BRANCH,
  /** Values stand inside each other deeper than is read. */
  TOO_DEEP,
  /** Text is not UTF-8, or half of a surrogate pair. */
  INVALID_UTF8,
  /** NaN or infinity is written as a bare word, which JSON does not have. */
  NONFINITE_LITERAL,
  /** A field that a step reads is not there (or is null) and has no default. */
  MISSING_FIELD,
  /** A field has another type than the step reads: text for a number, an object for an array. */
  WRONG_TYPE,
  /** An array has another length or shape than the model takes. */
  WRONG_SHAPE,
  /** The bytes of a tensor are not as many as its type and shape take, or no whole number of rows. */
  WRONG_SIZE,
  /** Rows or arrays that stand beside each other have different lengths. */
  UNEVEN_ROWS,
  /** A number does not fit the type that the model takes. */
  OUT_OF_RANGE,
  /** A number is NaN or infinite and the step takes only finite ones. */
  NONFINITE_INPUT,
  /** A text is not in the vocabulary. */
  NOT_IN_VOCABULARY,
  /** A field stands twice in the document. */
  DUPLICATE_FIELD,
  /** The record alone is larger, or holds more rows, than a batch may. */
  TOO_LARGE,
  /** The record's timestamp is negative: Kafka would not take its result. */
  NEGATIVE_TIMESTAMP,
  /** The model failed on this record, also when run on it alone. */
  MODEL_FAILED,
  /** The model's answer is NaN or infinite, or has a form that results cannot show. */
  NONFINITE_OUTPUT,
  /** A transform or rule could not be computed: an index out of range, a division of integers by zero. */
  EXPRESSION_FAILED,
  /** The result is larger than the sink topic takes. */
  RESULT_TOO_LARGE,
  /** The record's timestamp is further in the past or the future than the sink topic takes. */
  TIMESTAMP_REFUSED,
  /** A table has no row for this record, or one without a field that is read and has no default. */
  NO_TABLE_ROW,
  /** A table's record is older than the history that the table keeps. */
  ROW_TOO_OLD;

  /** The code in headers, metrics and reports: {@code missing_field} for {@link #MISSING_FIELD}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
