package io.yapok.topology.reference;

import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Sent.Fate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a pipeline must make of a stream's records, told of each in turn. */
final class Reference {
  private static final JsonMapper JSON = new JsonMapper();

  private final Definition definition;
  private final Map<String, ReferenceState> keys = new HashMap<>();
  private final Map<Late, Long> late = new EnumMap<>(Late.class);

  Reference(Definition definition) {
    this.definition = definition;
  }

  /** What became of a record: a reject's reason, or else a result's value, and whether that says to be a duplicate's. */
  record Answer(@Nullable String reason, byte @Nullable [] value, boolean duplicate) {
    static final String DUPLICATE = "yapok-duplicate";
  }

  /**
   * What must become of a record.
   *
   * @param reason why it is rejected; null if it is not
   * @param duplicate whether it gets an earlier record's answer
   * @param rows how many the result shows; null for the one of a record without an array of rows, and what has no result
   * @param shown what each of its rows shows, by name
   */
  record Expected(@Nullable String reason, boolean tombstone, boolean duplicate, @Nullable Integer rows, Map<String, Shown> shown) {
    static Expected none(Fate fate) {
      return new Expected(fate.reason(), fate == Fate.TOMBSTONE, false, null, Map.of());
    }

    Expected again() {
      return new Expected(reason, tombstone, true, rows, shown);
    }

    /** What is wrong with the answer, if anything. */
    Optional<String> mismatch(Answer answer) {
      if (!Objects.equals(reason, answer.reason()) || duplicate != answer.duplicate()) {
        return Optional.of(this + " expected and not " + answer);
      }
      if (reason != null || tombstone || answer.value() == null) {
        return (answer.value() == null) == (reason != null || tombstone) ? Optional.empty() : Optional.of(this + " expected and not " + answer);
      }
      var out = JSON.readTree(answer.value()).get("out");
      return shown.entrySet().stream().flatMap(each -> mismatch(each.getKey(), each.getValue(), out.get(each.getKey())).stream()).findFirst();
    }

    private Optional<String> mismatch(String name, Shown expected, JsonNode actual) {
      var shownRows = rows == null ? List.of(actual) : actual.valueStream().toList();
      if (rows != null && shownRows.size() != rows) {
        return Optional.of(name + ": " + rows + " rows expected and not " + actual);
      }
      return shownRows.stream().filter(row -> !expected.isShownBy(Shown.leaves(row))).map(row -> name + ": " + expected + " expected and not " + row).findFirst();
    }
  }

  /** How many values came after their window, by what became of them; one for each feature. */
  long late(Late outcome) {
    return late.getOrDefault(outcome, 0L);
  }

  /** What must become of the next record. */
  Expected next(Sent sent) {
    var key = sent.key();
    if (sent.fate() == Fate.TOMBSTONE) {
      keys.remove(key);
    }
    if (key == null || !sent.fate().counts()) {
      return Expected.none(sent.fate());
    }
    var state = keys.computeIfAbsent(key, each -> new ReferenceState(definition, late));
    if (definition.dedupe() == null) {
      return met(sent, state);
    }
    var fingerprint = sent.fingerprint(definition.dedupe().by());
    return state.earlier(fingerprint, sent.timestamp()).map(Expected::again).orElseGet(() -> answered(sent, state, fingerprint));
  }

  private Expected answered(Sent sent, ReferenceState state, Object fingerprint) {
    var expected = met(sent, state);
    state.place(fingerprint, sent.timestamp(), Optional.of(expected).filter(answer -> answer.reason() == null));
    return expected;
  }

  private Expected met(Sent sent, ReferenceState state) {
    var shown = state.next(sent.timestamp(), sent.rows());
    return new Expected(sent.fate().reason(), false, false, definition.rows() ? sent.rows().size() : null, shown);
  }
}
