package io.yapok.topology;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A pipeline ready to run: its document and its compiled steps. May be shared by any number of applications and threads of a JVM.
 *
 * <p>Whoever makes one closes it, after everything that runs it has been closed.
 */
public final class Pipeline implements AutoCloseable {
  private final PipelineDocument document;
  private final AtomicReference<CompiledSteps> current;

  /** A pipeline of these steps, which it owns from now on. */
  public Pipeline(CompiledSteps steps) {
    this.document = steps.document();
    this.current = new AtomicReference<>(steps);
  }

  /**
   * Reads a document and compiles its steps; models are loaded and warm when this returns.
   *
   * @throws io.yapok.schemas.ProblemsException with everything that is wrong with the document or its models
   */
  public static Pipeline load(Path file) {
    return new Pipeline(Steps.compile(PipelineDocument.read(file)));
  }

  public PipelineDocument document() {
    return document;
  }

  /** The steps to run now. A stream thread asks once a batch, so that a batch is answered by one version of everything. */
  public CompiledSteps current() {
    return Objects.requireNonNull(current.get());
  }

  /** Whether these very steps are the current ones. */
  @SuppressWarnings("ReferenceEquality") // asked once a batch; two values that are equal are still two to bind and close
  public boolean isCurrent(CompiledSteps steps) {
    return steps == current.get();
  }

  /** Frees the models; idempotent. */
  @Override
  public void close() {
    current().close();
  }
}
