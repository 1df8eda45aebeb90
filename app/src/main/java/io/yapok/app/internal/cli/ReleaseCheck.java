package io.yapok.app.internal.cli;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Release;
import io.yapok.schemas.Where;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what would run here is what was released. */
final class ReleaseCheck {
  private final CompiledSteps steps;
  private final Where where;
  private final List<Problem> problems = new ArrayList<>();

  private ReleaseCheck(CompiledSteps steps) {
    this.steps = steps;
    this.where = Where.of(steps.document().where().file());
  }

  /**
   * Compares with a release.
   *
   * @throws ProblemsException with everything that is not as released
   */
  static void check(CompiledSteps steps, Release release) {
    ReleaseCheck check = new ReleaseCheck(steps);
    check.compareDocuments(release.document());
    check.compareModels(release.models().stream().map(Release.Model::version).distinct().toList());
    if (check.problems.isEmpty() && !steps.version().equals(release.version())) {
      check.add("the version is " + steps.version() + ", and " + release.version() + " in the release: the file of a vocabulary is another", "take the file that was released");
    }
    if (!check.problems.isEmpty()) {
      throw new ProblemsException(check.problems);
    }
  }

  private void compareDocuments(PipelineDocument released) {
    List<String> here = lines(steps.document());
    List<String> there = lines(released);
    if (!here.equals(there)) {
      String onlyHere = here.stream().filter(line -> !there.contains(line)).findFirst().orElse("nothing more");
      String onlyThere = there.stream().filter(line -> !here.contains(line)).findFirst().orElse("nothing more");
      add("the document is not the released one: here " + onlyHere + ", in the release " + onlyThere, "take the document that was released, or release this one");
    }
  }

  private void compareModels(List<ModelVersion> released) {
    List<ModelVersion> here = steps.result().models();
    for (ModelVersion model : released) {
      Optional<ModelVersion> found = here.stream().filter(other -> other.name().equals(model.name())).findFirst();
      if (found.isEmpty()) {
        add("the released model " + model.name() + " does not run here", "take the document that was released");
      } else if (!here.contains(model)) {
        add("the model " + model.name() + " is " + shown(found.get()) + ", and " + shown(model) + " in the release", "take the file that was released");
      }
    }
    here.stream()
        .filter(model -> released.stream().noneMatch(other -> other.name().equals(model.name())))
        .forEach(model -> add("the model " + model.name() + " is not in the release", "take the document that was released"));
  }

  private static String shown(ModelVersion model) {
    return "version " + model.version() + " with SHA-256 " + model.sha256();
  }

  private void add(String what, String whatToDo) {
    problems.add(new Problem(what, where, whatToDo));
  }

  private static List<String> lines(PipelineDocument document) {
    return new String(document.canonicalBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}
