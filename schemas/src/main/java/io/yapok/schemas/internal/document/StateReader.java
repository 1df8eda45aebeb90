package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.Choice;
import io.yapok.schemas.PipelineDocument.FeatureKind;
import io.yapok.schemas.PipelineDocument.State;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what is remembered: {@code state}. */
final class StateReader {
  private final Words words;
  private final Lists lists;
  private final Names names;
  private final ProblemList problems;

  StateReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.problems = problems;
  }

  State state(@Nullable Yaml value, Where absent) {
    if (value instanceof Yaml.Mapping mapping && mapping.entries().stream().allMatch(StateReader::isFeature) && !mapping.entries().isEmpty()) {
      problems.add("the state lists features at its top", mapping.where(), "write state: {features: {" + mapping.entries().getFirst().key() + ": ...}}");
      return new State(List.of(), absent);
    }
    Entries state = Entries.of(value, "the state", Keys.STATE, problems).orElse(null);
    if (state == null) {
      return new State(List.of(), absent);
    }
    List<State.Feature> features = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(state.require("features", "{seen: count}"), "state.features", "{seen: count}")) {
      Located<String> name = names.identifier(new Located<>(entry.key(), entry.where()), "a feature's name");
      Located<String> kind = words.choice(entry.value(), "the feature", Arrays.stream(FeatureKind.values()).map(Choice::label).toList());
      if (name != null && kind != null) {
        features.add(new State.Feature(name, FeatureKind.valueOf(kind.value().toUpperCase(Locale.ROOT))));
      }
    }
    return new State(features, state.where());
  }

  private static boolean isFeature(Yaml.Entry entry) {
    return entry.value() instanceof Yaml.Scalar word && Arrays.stream(FeatureKind.values()).anyMatch(kind -> kind.label().equals(word.text()));
  }
}
