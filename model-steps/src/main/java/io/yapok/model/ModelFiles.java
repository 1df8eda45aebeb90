package io.yapok.model;

import io.yapok.model.internal.repository.ModelRepository;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.Release;
import java.nio.file.Path;
import java.util.List;

/** The files of the models that a document names. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Each model once, in the order of the steps, with what its file is now.
   *
   * @throws io.yapok.schemas.ProblemsException if one is not there or cannot be read
   */
  public static List<Release.Model> of(PipelineDocument document) {
    ModelRepository repository = new ModelRepository(document.directory());
    return document.steps().stream()
        .filter(ModelStep.class::isInstance)
        .map(step -> repository.read(((ModelStep) step).model()))
        .map(file -> new Release.Model(file.version(), file.bytes().length, path(document.directory(), file.path())))
        .distinct()
        .toList();
  }

  private static String path(Path directory, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path from = directory.normalize();
    Path shown = absolute.startsWith(from) ? from.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }
}
