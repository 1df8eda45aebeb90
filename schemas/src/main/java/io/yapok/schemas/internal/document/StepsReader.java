package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.PipelineStep.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code steps}. */
final class StepsReader {
  private final Words words;
  private final Lists lists;
  private final Names names;
  private final ProblemList problems;
  private final Map<String, Integer> unnamed = new HashMap<>();

  StepsReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.problems = problems;
  }

  /** The steps that could be read. */
  List<PipelineStep> steps(@Nullable Yaml value) {
    List<PipelineStep> steps = new ArrayList<>();
    for (Yaml element : lists.elements(value, "steps")) {
      PipelineStep step = step(element);
      if (step != null) {
        steps.add(step);
      }
    }
    return steps;
  }

  private @Nullable PipelineStep step(Yaml element) {
    List<String> kinds = element instanceof Yaml.Mapping mapping ? Keys.KINDS.stream().filter(kind -> mapping.get(kind) != null).toList() : List.of();
    List<String> known = kinds.size() == 1 ? keysOf(kinds.getFirst()) : Keys.ANY_STEP;
    String noun = kinds.size() == 1 ? "a " + kinds.getFirst() + " step" : "a step";
    Entries step = Entries.of(element, noun, known, problems).orElse(null);
    if (step == null) {
      return null;
    }
    if (kinds.size() != 1) {
      reportKinds(kinds, step);
      return null;
    }
    return switch (kinds.getFirst()) {
      case "model" -> new ModelStepReader(words, names, problems).step(step);
      case "transform" -> transform(step);
      case "validate" -> validate(step);
      default -> rank(step);
    };
  }

  private static List<String> keysOf(String kind) {
    return switch (kind) {
      case "model" -> Keys.MODEL;
      case "transform" -> Keys.TRANSFORM;
      case "validate" -> Keys.VALIDATE;
      default -> Keys.RANK;
    };
  }

  private void reportKinds(List<String> kinds, Entries step) {
    if (kinds.isEmpty() && !step.hasUnknown()) {
      problems.add("the step has none of " + String.join(", ", Keys.KINDS), step.where(), "add the one that it does");
    } else if (!kinds.isEmpty()) {
      problems.add("the step has " + String.join(" and ", kinds), step.where(), "make a step of each, with a \"-\" before it");
    }
  }

  private PipelineStep transform(Entries step) {
    List<Formula> results = formulas(step.get("transform"), "transform", "{digit: argmax(scores)}", Set.of());
    return new PipelineStep.TransformStep(name(step, "transform"), results, step.where());
  }

  private PipelineStep validate(Entries step) {
    List<Formula> rules = formulas(step.get("validate"), "validate", "{unsure: max(scores) < 0.5}", Set.of("count", "rows"));
    return new PipelineStep.ValidateStep(name(step, "validate"), rules, step.where());
  }

  private List<Formula> formulas(@Nullable Yaml value, String kind, String example, Set<String> taken) {
    List<Formula> formulas = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, kind, example)) {
      Located<String> name = names.identifier(new Located<>(entry.key(), entry.where()), "a name for a result");
      if (name != null && taken.contains(name.value())) {
        problems.add("\"" + name + "\" is where results say how many were flagged", name.where(), "choose another name");
      }
      Located<String> expression = words.expression(entry.value(), "\"" + entry.key() + "\"");
      if (name != null && expression != null) {
        formulas.add(new Formula(name, expression));
      }
    }
    return formulas;
  }

  private @Nullable PipelineStep rank(Entries step) {
    Located<String> name = name(step, "rank");
    Entries ranking = Entries.of(step.get("rank"), "rank", Keys.RANKING, problems).orElse(null);
    if (ranking == null) {
      return null;
    }
    Located<String> by = words.text(ranking.require("by", "score"), "by");
    Located<Integer> keep = words.whole(ranking.get("keep"), "keep", 1, 1_000_000);
    List<Located<String>> fields = lists.texts(ranking.require("fields", "[id, score]"), "fields").stream().filter(field -> names.path(field) != null).toList();
    boolean descending = words.truth(ranking.get("descending"), "descending", true);
    return by == null ? null : new PipelineStep.RankStep(name, by, keep, fields, descending, step.where());
  }

  /** The step's name, or its kind: with a number from the second of its kind that has none. */
  private Located<String> name(Entries step, String kind) {
    Located<String> name = names.step(words.text(step.get("name"), "the step's name"));
    if (name != null) {
      return name;
    }
    int number = unnamed.merge(kind, 1, Integer::sum);
    return new Located<>(number == 1 ? kind : kind + "-" + number, step.where());
  }
}
