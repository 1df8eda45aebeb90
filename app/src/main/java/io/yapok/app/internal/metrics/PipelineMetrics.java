package io.yapok.app.internal.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.yapok.model.Step;
import io.yapok.schemas.RejectReason;
import io.yapok.state.LateCounts;
import io.yapok.topology.PipelineCounters;
import io.yapok.topology.RunningPipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A running pipeline's metrics. Everything is read when Prometheus asks, from counters that the engine keeps anyway, so that measuring costs the record's path
 * nothing. The JVM's own figures (heap, direct buffers, pauses, CPU) and the process's resident memory stand beside them.
 */
public final class PipelineMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics pauses = new JvmGcMetrics();
  private final InstantSource clock;

  public PipelineMetrics(RunningPipeline pipeline, InstantSource clock) {
    this.clock = clock;
    Tags tags = Tags.of("pipeline", pipeline.pipeline().document().name().value());
    records(pipeline.counters(), tags);
    batches(pipeline.counters(), tags);
    tables(pipeline.counters(), tags);
    stages(pipeline, tags);
    state(pipeline, tags);
    progress(pipeline, tags);
    process();
  }

  /** The page in Prometheus' text format. */
  public String page() {
    return registry.scrape();
  }

  @Override
  public void close() {
    pauses.close();
    registry.close();
  }

  private void records(PipelineCounters counters, Tags tags) {
    FunctionCounter.builder("yapok.records.in", counters, PipelineCounters::in).tags(tags).description("Records taken from the source").register(registry);
    FunctionCounter.builder("yapok.records.out", counters, PipelineCounters::out).tags(tags).description("Results sent to the sink").register(registry);
    for (RejectReason reason : RejectReason.values()) {
      FunctionCounter.builder("yapok.records.rejected", counters, all -> all.rejectedByReason().getOrDefault(reason, 0L))
          .tags(tags.and("reason", reason.code()))
          .description("Records sent to the dead-letter topic")
          .register(registry);
    }
    FunctionCounter.builder("yapok.records.dropped", counters, all -> all.droppedByReason().getOrDefault(PipelineCounters.FILTERED, 0L))
        .tags(tags.and("reason", PipelineCounters.FILTERED))
        .description("Records neither answered nor rejected")
        .register(registry);
  }

  private void tables(PipelineCounters counters, Tags tags) {
    FunctionCounter.builder("yapok.table.rows.refused", counters, PipelineCounters::refusedRows)
        .tags(tags)
        .description("Records of tables' topics that are no rows")
        .register(registry);
  }

  private void batches(PipelineCounters counters, Tags tags) {
    FunctionCounter.builder("yapok.batches", counters, PipelineCounters::batches).tags(tags).description("Batches run").register(registry);
    FunctionCounter.builder("yapok.rows", counters, PipelineCounters::rows).tags(tags).description("Rows that the steps have seen").register(registry);
    List<Integer> bounds = PipelineCounters.BATCH_SIZE_BOUNDS;
    for (int i = 0; i <= bounds.size(); i++) {
      int bucket = i;
      FunctionCounter.builder("yapok.batches.by.size", counters, all -> upTo(all.batchSizes(), bucket))
          .tags(tags.and("le", i < bounds.size() ? String.valueOf(bounds.get(i)) : "+Inf"))
          .description("Batches of at most so many records")
          .register(registry);
    }
    FunctionCounter.builder("yapok.thread.failures", counters, PipelineCounters::threadFailures)
        .tags(tags)
        .description("Stream threads that failed and were replaced")
        .register(registry);
  }

  /** The counters know a stage only once it has run, so the names come from the steps. */
  private void stages(RunningPipeline pipeline, Tags tags) {
    Stream<String> steps = pipeline.pipeline().current().steps().stream().map(Step::name);
    Stream.concat(Stream.of("decode"), steps)
        .forEach(
            stage ->
                FunctionCounter.builder("yapok.stage.seconds", pipeline.counters(), all -> all.stageNanos().getOrDefault(stage, 0L) / 1e9)
                    .tags(tags.and("stage", stage))
                    .description("Time spent decoding and in each step, over all threads")
                    .register(registry));
  }

  private void state(RunningPipeline pipeline, Tags tags) {
    FunctionCounter.builder("yapok.records.duplicate", pipeline.counters(), PipelineCounters::duplicates)
        .tags(tags)
        .description("Records that repeated one that was answered")
        .register(registry);
    FunctionCounter.builder("yapok.state.expired", pipeline.counters(), PipelineCounters::expiredKeys)
        .tags(tags)
        .description("Keys deleted since they had been idle for long")
        .register(registry);
    LateCounts late = pipeline.counters().lateValues();
    late(late, LateCounts::dropped, tags.and("outcome", "dropped"));
    late(late, LateCounts::intoOwnWindow, tags.and("outcome", "own_window"));
    late(late, LateCounts::intoNewestWindow, tags.and("outcome", "newest_window"));
    Gauge.builder("yapok.state.memory", pipeline, RunningPipeline::stateMemoryBytes)
        .tags(tags)
        .baseUnit("bytes")
        .description("Native memory of all stores: block cache and write buffers")
        .register(registry);
  }

  private void late(LateCounts late, ToDoubleFunction<LateCounts> count, Tags tags) {
    FunctionCounter.builder("yapok.state.late.values", late, count).tags(tags).description("Values that came after their feature's window").register(registry);
  }

  private void progress(RunningPipeline pipeline, Tags tags) {
    TimeGauge.builder("yapok.commit.age", pipeline, TimeUnit.MILLISECONDS, this::millisSinceCommit)
        .tags(tags)
        .description("Time since any thread last committed; NaN before the first")
        .register(registry);
    Gauge.builder("yapok.lag.records", pipeline, RunningPipeline::lag).tags(tags).description("Records that wait in the source").register(registry);
    Gauge.builder("yapok.partitions", pipeline, RunningPipeline::partitions).tags(tags).description("Partitions of the source here").register(registry);
    Gauge.builder("yapok.threads", pipeline, RunningPipeline::threads).tags(tags).description("Stream threads alive").register(registry);
  }

  private void process() {
    new JvmMemoryMetrics().bindTo(registry);
    pauses.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    Gauge.builder("process.resident.memory", ResidentMemory::bytes)
        .baseUnit("bytes")
        .description("Memory of the whole process: heap, columns, models and stores")
        .register(registry);
  }

  private double millisSinceCommit(RunningPipeline pipeline) {
    return pipeline.lastCommit().map(commit -> (double) Duration.between(commit, clock.instant()).toMillis()).orElse(Double.NaN);
  }

  private static double upTo(long[] sizes, int bucket) {
    long sum = 0;
    for (int i = 0; i <= bucket; i++) {
      sum += sizes[i];
    }
    return sum;
  }
}
