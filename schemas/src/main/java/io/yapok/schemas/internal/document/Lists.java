package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists, and mappings whose keys are the author's own. What is absent or wrong comes back empty, and what is wrong is among the problems then. */
final class Lists {
  private final Words words;
  private final ProblemList problems;

  Lists(Words words, ProblemList problems) {
    this.words = words;
    this.problems = problems;
  }

  /** A list of texts. */
  List<Located<String>> texts(@Nullable Yaml value, String noun) {
    List<Located<String>> texts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Yaml element : elements(value, noun)) {
      Located<String> text = words.text(element, "an entry of " + noun);
      if (text != null && !seen.add(text.value())) {
        problems.add("\"" + text + "\" stands in " + noun + " twice", text.where(), "remove one of the two");
      } else if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The elements of a list that may not be empty. */
  List<Yaml> elements(@Nullable Yaml value, String noun) {
    if (value instanceof Yaml.Sequence sequence) {
      if (sequence.elements().isEmpty()) {
        problems.add(noun + " is an empty list", sequence.where(), "write at least one entry or remove the key");
      }
      return sequence.elements();
    }
    if (value != null && !(value instanceof Yaml.Refused)) {
      problems.add(noun + " is " + value.kind() + ", not a list", value.where(), "write a list: [first, second]");
    }
    return List.of();
  }

  /** The entries of a mapping that may not be empty and whose keys are the author's own. */
  List<Yaml.Entry> entries(@Nullable Yaml value, String noun, String example) {
    if (value instanceof Yaml.Mapping mapping) {
      if (mapping.entries().isEmpty()) {
        problems.add(noun + " is an empty mapping", mapping.where(), "write at least one entry, such as " + example);
      }
      return mapping.entries();
    }
    if (value != null && !(value instanceof Yaml.Refused)) {
      problems.add(noun + " is " + value.kind() + ", not a mapping", value.where(), "write a mapping such as " + example);
    }
    return List.of();
  }
}
