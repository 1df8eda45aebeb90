package io.yapok.schemas.internal.document;

import java.util.List;
import java.util.stream.Stream;

/** The keys of each mapping of a document, in the order of the reference. The published JSON Schema has the same, which a test compares. */
final class Keys {
  static final List<String> DOCUMENT =
      List.of("apiVersion", "name", "source", "tables", "state", "steps", "sink", "rejects", "delivery", "batch", "include", "exclude", "kafka");
  static final List<String> SOURCE = List.of("topic", "format", "key", "rows", "tombstone", "fields");
  static final List<String> FIELD = List.of("type", "shape", "default");
  static final List<String> TABLE = List.of("topic", "format", "by", "global", "as_of", "history", "fields");
  static final List<String> STATE = List.of("features", "sequence", "dedupe", "late", "ttl", "memory", "standbys");
  static final List<String> FEATURE = List.of("aggregate", "of", "over", "window", "buckets", "gap", "n", "q", "half_life", "at", "default");
  static final List<String> DEDUPE = List.of("by", "within", "keep");
  static final List<String> SEQUENCE = List.of("of", "last", "at", "default");
  static final List<String> MODEL = List.of("model", "name", "inputs", "outputs", "rows", "deterministic", "nonfinite", "state");
  static final List<String> TRANSFORM = List.of("transform", "name");
  static final List<String> VALIDATE = List.of("validate", "name");
  static final List<String> RANK = List.of("rank", "name");
  static final List<String> KINDS = List.of("model", "transform", "validate", "rank");
  static final List<String> ANY_STEP = Stream.of(MODEL, TRANSFORM, VALIDATE, RANK).flatMap(List::stream).distinct().toList();
  static final List<String> INPUT = List.of("field", "scale", "offset", "default", "vocabulary", "one_hot", "cast");
  static final List<String> RANKING = List.of("by", "keep", "fields", "descending");
  static final List<String> SINK = List.of("topic", "format", "only");
  static final List<String> REJECTS = List.of("topic");
  static final List<String> BATCH = List.of("records", "bytes", "time");

  private Keys() {}
}
