package io.yapok.topology;

import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.WriterSchemas;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A pipeline ready to run: its document and its compiled steps. May be shared by any number of applications and threads of a JVM.
 *
 * <p>Whoever makes one closes it, after everything that runs it has been closed.
 */
public final class Pipeline implements AutoCloseable {
  private final PipelineDocument document;
  private final AtomicReference<CompiledSteps> current;
  private final CopyOnWriteArrayList<Consumer<CompiledSteps>> examiners = new CopyOnWriteArrayList<>();

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

  /**
   * Answers by other steps from the next batch of each thread on; the steps that answered until now are closed when the last thread has let go of them.
   *
   * @param steps owned by this from now on; their document has the same topics, key, delivery, tables' topics and stores, number of state stores and use of a schema registry, which an application has fixed when it started
   * @throws IllegalArgumentException if it has not; the steps stay the caller's then, and nothing changes
   * @throws io.yapok.schemas.RegistryException if an application's schema registry does not take their results' schema, or stays away; likewise
   */
  public void replace(CompiledSteps steps) {
    requireSameWiring(steps);
    examiners.forEach(examiner -> examiner.accept(steps)); // not under the lock: the network may be slow, and a thread that starts needs a runner
    synchronized (this) {
      current.getAndSet(steps).close();
    }
  }

  /**
   * Lets an application look at steps before they replace the current ones, on the replacing thread; what it throws, the caller of {@link #replace} gets.
   *
   * @return ends it
   */
  Runnable examine(Consumer<CompiledSteps> examiner) {
    examiners.add(examiner);
    return () -> examiners.remove(examiner);
  }

  /** A runner of the current steps, for the calling thread, where records name no schemas. */
  public PipelineRunner runner() {
    return runner(WriterSchemas.NONE);
  }

  /**
   * A runner of the current steps, for the calling thread. They cannot be closed between the choice and the binding, as they could between two calls.
   *
   * @param schemas where records name the schemas that they were written with
   */
  public synchronized PipelineRunner runner(WriterSchemas schemas) {
    return new PipelineRunner(current(), schemas);
  }

  private void requireSameWiring(CompiledSteps steps) {
    PipelineDocument next = steps.document();
    if (!wiring(next, steps).equals(wiring(document, current()))) {
      throw new IllegalArgumentException("source topic and key, sink, rejects, delivery, the tables' topics and what is kept of them, and whether there are state and a schema registry stay as they were when the application started");
    }
  }

  private static List<Object> wiring(PipelineDocument document, CompiledSteps steps) {
    String key = document.source().key() == null ? "" : document.source().key().value();
    String rejects = document.rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic) ? topic.value() : "";
    boolean hasRegistry = document.usesAvro();
    Set<Object> tables = document.tables().stream().<Object>map(table -> List.of(table.topic().value(), table.global(), table.asOf(), table.history())).collect(Collectors.toSet());
    return List.of(document.source().topic().value(), key, document.sink().topic().value(), rejects, document.delivery(), tables, steps.state().isEmpty(), hasRegistry);
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
