package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Sink;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.Reject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds parts of a document that are right alone and wrong together. */
final class CrossChecks {
  /** What {@link Reject#step} names besides steps. */
  private static final Set<String> NOT_STEPS = Set.of(Reject.SOURCE, Reject.STATE, Reject.TABLES, Reject.SINK);

  private final ProblemList problems;

  CrossChecks(ProblemList problems) {
    this.problems = problems;
  }

  void check(@Nullable Source source, List<PipelineStep> steps, @Nullable Sink sink, @Nullable Rejects rejects) {
    topics(source, sink, rejects instanceof Rejects.ToTopic to ? to.topic() : null);
    stepNames(steps);
    rankings(source, steps);
  }

  /** What the ends of a pipeline cannot have where they are tensors, which have neither fields nor a place for the record itself. */
  void checkTensors(@Nullable Source source, @Nullable Sink sink, List<Located<String>> include, List<Located<String>> exclude) {
    if (source != null && (source.format() == Format.TENSOR || source.format() == Format.OIP) && source.key() != null) {
      problems.add("source.key names a field, and a record of tensors has no others", source.key().where(), "remove key and let whoever sends the records set theirs");
    }
    if (sink != null && sink.format() == Format.OIP) {
      problems.add("results are not written in the Open Inference Protocol", sink.where(), "write format: json, avro or tensor");
    }
    if (sink == null || sink.format() != Format.TENSOR) {
      return;
    }
    List<Located<String>> narrowed = new ArrayList<>(include);
    exclude.stream().filter(field -> !field.value().equals("*")).forEach(narrowed::add);
    if (!narrowed.isEmpty()) {
      problems.add("results that are tensors have no \"in\" to narrow", narrowed.getFirst().where(), "remove include and exclude");
    }
  }

  private void topics(@Nullable Source source, @Nullable Sink sink, @Nullable Located<String> rejects) {
    if (source != null && sink != null && source.topic().value().equals(sink.topic().value())) {
      problems.add("the sink is the source: results would be scored again without end", sink.topic().where(), "name another topic");
    }
    if (rejects != null && source != null && source.topic().value().equals(rejects.value())) {
      problems.add("rejects go to the source: they would be rejected again without end", rejects.where(), "name another topic");
    }
    if (rejects != null && sink != null && sink.topic().value().equals(rejects.value())) {
      problems.add("rejects go to the sink, among the results", rejects.where(), "name another topic");
    }
  }

  private void stepNames(List<PipelineStep> steps) {
    Map<String, Located<String>> seen = new HashMap<>();
    for (PipelineStep step : steps) {
      if (NOT_STEPS.contains(step.name().value())) {
        String what = "a step is named \"" + step.name() + "\", as rejects name what is no step";
        problems.add(what, step.name().where(), "give it another name:");
      }
      Located<String> first = seen.putIfAbsent(step.name().value(), step.name());
      if (first != null) {
        problems.add(
            "two steps are named \"" + first + "\", the first on line " + first.where().line(), step.name().where(), "give one of them another name:");
      }
    }
  }

  private void rankings(@Nullable Source source, List<PipelineStep> steps) {
    for (PipelineStep step : steps) {
      if (step instanceof PipelineStep.RankStep && source != null && source.rows() == null) {
        problems.add("rank orders the rows of a record, and a record here is one row", step.where(), "add rows: to the source, or remove the step");
      }
    }
  }
}
