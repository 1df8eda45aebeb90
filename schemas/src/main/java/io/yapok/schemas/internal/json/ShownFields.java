package io.yapok.schemas.internal.json;

import io.yapok.schemas.ResultSchema;
import java.util.Set;

/**
 * Which top-level fields of a record stand under {@code in}: the document's {@code include} and {@code exclude}.
 *
 * @param include empty for all
 */
public record ShownFields(Set<String> include, Set<String> exclude) {
  private static final String EVERYTHING = "*";

  public ShownFields {
    include = include.contains(EVERYTHING) ? Set.of() : Set.copyOf(include);
    exclude = Set.copyOf(exclude);
  }

  /** What a pipeline's document says. */
  public static ShownFields of(ResultSchema schema) {
    return new ShownFields(Set.copyOf(schema.include()), Set.copyOf(schema.exclude()));
  }

  /** Whether results have no {@code in} at all. */
  public boolean areNone() {
    return exclude.contains(EVERYTHING);
  }

  /** Whether records are shown as they are. */
  public boolean areAll() {
    return include.isEmpty() && exclude.isEmpty();
  }

  /** Whether a field of this name is shown, if the record has one. */
  public boolean has(String name) {
    return (include.isEmpty() || include.contains(name)) && !exclude.contains(name);
  }
}
