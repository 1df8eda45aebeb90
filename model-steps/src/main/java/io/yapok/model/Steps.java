package io.yapok.model;

import io.yapok.model.internal.compile.StepsCompiler;
import io.yapok.schemas.PipelineDocument;
import java.nio.file.Path;

/**
 * Compiles pipeline documents.
 *
 * <p>A record's result shows under {@code out} what models and transforms answer. Where records hold many rows ({@code source.rows}), each answer is an array with
 * one entry a row. A pipeline that ranks shows the rankings instead, each under its step's name or {@code ranked}: whoever ranks hundreds of candidates wants the
 * best ten with the fields they name, not every candidate's score. Rules count over all rows either way.
 */
public final class Steps {
  private Steps() {}

  /**
   * Compiles a document whose models stand beside it. Models are read once, checked, loaded and warm when this returns, which takes up to seconds for large ones.
   *
   * @return the steps, which the caller closes
   * @throws io.yapok.schemas.ProblemsException with everything that is wrong with the document or its models, in the order of the lines
   */
  public static CompiledSteps compile(PipelineDocument document) {
    return compile(document, document.directory());
  }

  /**
   * Compiles a document whose models and vocabularies are looked for in a directory. Paths may be absolute or lead out of it: whoever writes the document decides
   * what runs.
   *
   * @return the steps, which the caller closes
   * @throws io.yapok.schemas.ProblemsException with everything that is wrong with the document or its models, in the order of the lines
   */
  public static CompiledSteps compile(PipelineDocument document, Path directory) {
    return new StepsCompiler(document, directory).compile();
  }
}
