package io.yapok.topology.internal;

import io.yapok.schemas.WriterSchemas;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.internal.trace.TaskTrace;
import io.yapok.topology.internal.trace.Tracing;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one running pipeline share: the pipeline, the counters, the pace, what may be sent, and one runner a thread. Made before Kafka Streams starts
 * and handed to interceptors and processors; there are no statics, since a JVM may hold several.
 */
public final class Engine {
  private final Pipeline pipeline;
  private final WriterSchemas schemas;
  private final Tracing tracing;
  private final Counting counters = new Counting();
  private final Pace pace;
  private final Progress progress = new Progress(InstantSource.system());
  private final FoldingClients clients = new FoldingClients(progress);
  private final Map<Thread, ThreadRunner> runners = new HashMap<>();
  private volatile SendLimits limits = SendLimits.DEFAULT;

  /** An engine for this pipeline, which stays its caller's, and whose records name no schemas and leave no traces. */
  public Engine(Pipeline pipeline) {
    this(pipeline, WriterSchemas.NONE, Tracing.NONE);
  }

  /**
   * An engine for this pipeline.
   *
   * @param schemas that records name; they stay the caller's, as the pipeline does
   * @param tracing what tasks tell of their batches; the caller's too
   */
  public Engine(Pipeline pipeline, WriterSchemas schemas, Tracing tracing) {
    this.pipeline = pipeline;
    this.schemas = schemas;
    this.tracing = tracing;
    this.pace = new Pace(pipeline.current().nanosPerRow());
  }

  public Pipeline pipeline() {
    return pipeline;
  }

  WriterSchemas schemas() {
    return schemas;
  }

  /** A trace for a task of this application. */
  TaskTrace trace(String applicationId) {
    return tracing.task(pipeline.document().name().value(), applicationId);
  }

  public Counting counters() {
    return counters;
  }

  public Pace pace() {
    return pace;
  }

  /** The clients that Kafka Streams is to use. */
  public FoldingClients clients() {
    return clients;
  }

  public Progress progress() {
    return progress;
  }

  /** A folding of polls of these topics, for the consumers' interceptors. */
  public Folding folding(Set<String> topics) {
    return new Folding(topics, pipeline.document().batch(), pace, progress);
  }

  SendLimits limits() {
    return limits;
  }

  /** What the topics allow, known before the first record. */
  public void limitSends(SendLimits known) {
    limits = known;
  }

  /** The calling thread's runner, shared by its tasks; each gives it back with {@link #release}. */
  ThreadRunner acquire() {
    synchronized (runners) {
      ThreadRunner runner = runners.computeIfAbsent(Thread.currentThread(), ThreadRunner::new);
      runner.users++;
      return runner;
    }
  }

  /** A task does not need its thread's runner any more. The last one frees the buffers. */
  void release(ThreadRunner runner) {
    synchronized (runners) {
      if (--runner.users == 0) {
        runners.remove(runner.thread);
        runner.close();
      }
    }
  }

  /** A stream thread's buffers, bound to the steps that it ran last. */
  final class ThreadRunner {
    private final Thread thread;
    private int users;
    private @Nullable PipelineRunner runner;

    private ThreadRunner(Thread thread) {
      this.thread = thread;
    }

    /** A runner of the pipeline's current steps. Asked for once a batch. */
    PipelineRunner current() {
      PipelineRunner now = runner;
      if (now == null || !pipeline.isCurrent(now.steps())) {
        close();
        now = pipeline.runner(schemas);
        pace.expect(now.steps().nanosPerRow());
        runner = now;
      }
      return now;
    }

    private void close() {
      PipelineRunner old = runner;
      runner = null;
      if (old != null) {
        old.close();
      }
    }
  }
}
