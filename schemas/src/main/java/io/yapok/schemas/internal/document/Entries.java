package io.yapok.schemas.internal.document;

import io.yapok.schemas.Nearest;
import io.yapok.schemas.Where;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are known: reports those that are not, and those that are missing. */
final class Entries {
  private final String noun;
  private final Yaml.Mapping mapping;
  private final ProblemList problems;
  private final Set<String> excused = new HashSet<>();
  private boolean unknown;

  private Entries(String noun, Yaml.Mapping mapping, ProblemList problems) {
    this.noun = noun;
    this.mapping = mapping;
    this.problems = problems;
  }

  /**
   * The entries of a mapping; empty, and said so, where the value is none.
   *
   * @param noun for messages, such as {@code the source}
   */
  static Optional<Entries> of(@Nullable Yaml value, String noun, List<String> known, ProblemList problems) {
    return switch (value) {
      case null -> Optional.empty();
      case Yaml.Refused refused -> Optional.empty();
      case Yaml.Mapping mapping -> {
        Entries entries = new Entries(noun, mapping, problems);
        entries.reportUnknown(known);
        yield Optional.of(entries);
      }
      case Yaml.Scalar scalar -> notMapping(scalar, noun, known, problems);
      case Yaml.Sequence sequence -> notMapping(sequence, noun, known, problems);
    };
  }

  private static Optional<Entries> notMapping(Yaml value, String noun, List<String> known, ProblemList problems) {
    problems.add(noun + " is " + value.kind() + ", not a mapping", value.where(), "write it with keys of " + String.join(", ", known));
    return Optional.empty();
  }

  Where where() {
    return mapping.where();
  }

  boolean has(String key) {
    return mapping.get(key) != null;
  }

  /** The value of a key that may be left out. */
  @Nullable Yaml get(String key) {
    return mapping.get(key);
  }

  /** The value of a key that may not be left out. A misspelt one was reported with its hint, so it is not missed as well. */
  @Nullable Yaml require(String key, String example) {
    Yaml value = mapping.get(key);
    if (value == null && !excused.contains(key)) {
      problems.add(noun + " has no \"" + key + "\"", mapping.where(), "add " + key + ": " + example);
    }
    return value;
  }

  /** Whether a key that nobody knows was reported. */
  boolean hasUnknown() {
    return unknown;
  }

  private void reportUnknown(List<String> known) {
    List<String> absent = known.stream().filter(key -> mapping.get(key) == null).toList();
    for (Yaml.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        unknown = true;
        Optional<String> meant = Nearest.to(entry.key(), absent);
        meant.ifPresent(excused::add);
        String whatToDo =
            meant.map(key -> "write \"" + key + "\"").orElse("remove it, or write one of " + String.join(", ", known));
        problems.add("unknown key \"" + entry.key() + "\"", entry.where(), whatToDo);
      }
    }
  }
}
