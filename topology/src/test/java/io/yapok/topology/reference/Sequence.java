package io.yapok.topology.reference;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * An entry of {@code state.sequence}.
 *
 * @param after whether the present record's rows are in it
 * @param fallback what fills the rows that are not there yet
 */
record Sequence(String name, List<String> of, int last, boolean after, float fallback) {
  /** The same at the other time. */
  Sequence turned() {
    return new Sequence(name, of, last, !after, fallback);
  }

  /** The entry of the document. */
  String yaml() {
    String fields = of.stream().collect(joining(", ", "[", "]"));
    return "%s: {of: %s, last: %d, at: %s, default: %s}".formatted(name, fields, last, after ? "after" : "before", fallback);
  }
}
