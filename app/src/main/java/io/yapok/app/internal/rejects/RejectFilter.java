package io.yapok.app.internal.rejects;

import java.util.Set;
import java.util.function.Predicate;

/**
 * Which rejects are meant. An empty set means any.
 *
 * @param pipeline whose rejects, by name: several pipelines may share a dead-letter topic
 */
public record RejectFilter(String pipeline, Set<String> reasons, Set<String> steps, Set<String> fields, Set<RecordPlace> places) implements Predicate<DeadLetter> {
  public RejectFilter {
    reasons = Set.copyOf(reasons);
    steps = Set.copyOf(steps);
    fields = Set.copyOf(fields);
    places = Set.copyOf(places);
  }

  @Override
  public boolean test(DeadLetter letter) {
    return letter.pipeline().equals(pipeline)
        && isOneOf(reasons, letter.reason())
        && isOneOf(steps, letter.step())
        && isOneOf(fields, letter.field())
        && isOneOf(places, letter.place());
  }

  private static <T> boolean isOneOf(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
