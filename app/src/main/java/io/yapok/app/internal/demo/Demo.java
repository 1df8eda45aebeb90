package io.yapok.app.internal.demo;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.TemporaryDirectory;
import io.yapok.app.internal.run.PipelineService;
import io.yapok.app.internal.run.ServiceSettings;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main job on one machine: a stream of payments into an embedded Kafka, the pipeline in between, and an independent reader of what comes out. Everything is
 * temporary.
 */
public final class Demo {
  private static final long SEED = 2026;
  private static final int PARTITIONS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DRAIN = Duration.ofSeconds(30);
  /** Payments carry their own times, which must not run ahead of the clock. */
  private static final Duration PAST = Duration.ofDays(365);

  private final int rate;
  private final @Nullable Duration length;
  private final PrintStream out;
  private final boolean terminal;

  /**
   * A demo.
   *
   * @param rate payments a second
   * @param length how long payments come; null until it is stopped
   */
  public Demo(int rate, @Nullable Duration length, PrintStream out, boolean terminal) {
    this.rate = rate;
    this.length = length;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs until its time is up or it is stopped, and then until every payment is answered; called on the main thread. */
  public DemoReport run(StopSignal stop) throws InterruptedException {
    DemoFigures figures = new DemoFigures();
    DemoScreen screen = new DemoScreen(out, terminal, figures);
    screen.status("starting Kafka and the model ...");
    try (TemporaryDirectory directory = TemporaryDirectory.create("yapok-demo");
        Pipeline pipeline = Pipeline.load(copyPipeline(directory.path()));
        EmbeddedKafka kafka = EmbeddedKafka.start()) {
      createTopics(kafka, pipeline);
      StreamOptions options = StreamOptions.of(kafka.bootstrapServers(), "yapok-demo").withThreads(1).withStateDirectory(directory.path().resolve("state"));
      try (PipelineService service = PipelineService.start(pipeline, new ServiceSettings(options, Map.of(), null))) {
        return service.awaitRunning(stop) ? stream(kafka, pipeline, service, figures, screen, stop) : report(figures, service, 0, 0);
      }
    }
  }

  private DemoReport stream(
      EmbeddedKafka kafka, Pipeline pipeline, PipelineService service, DemoFigures figures, DemoScreen screen, StopSignal stop) throws InterruptedException {
    String sink = pipeline.document().sink().topic().value();
    String source = pipeline.document().source().topic().value();
    long start = System.nanoTime();
    long measureFrom = start + WARM_UP.toNanos();
    PaymentStream payments = new PaymentStream(SEED, Instant.now().minus(PAST).toEpochMilli());
    try (ResultWatch watch = new ResultWatch(kafka.bootstrapServers(), sink, rejectsTopic(pipeline), figures, measureFrom)) {
      watch.start();
      long answeredBefore = 0;
      try (PaymentFeed feed = new PaymentFeed(kafka.bootstrapServers(), source, payments, rate, WARM_UP.toNanos(), figures)) {
        feed.start();
        while (!stop.await(SECOND) && !isOver(start) && service.running().failure().isEmpty()) {
          boolean measuring = System.nanoTime() > measureFrom;
          answeredBefore = measuring ? answeredBefore : figures.answered();
          screen.show(Duration.ofNanos(System.nanoTime() - start), service.running().counters().dropped(), measuring, watch);
        }
      }
      long measured = Math.max(1, System.nanoTime() - measureFrom);
      long answered = figures.answered() - answeredBefore;
      drain(figures, service);
      figures.takeRecent();
      return report(figures, service, answered, measured);
    }
  }

  private boolean isOver(long start) {
    return length != null && System.nanoTime() - start >= length.toNanos();
  }

  /** Waits until the reader has seen an answer for everything that was acknowledged. */
  private static void drain(DemoFigures figures, PipelineService service) throws InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    try (StopSignal pause = new StopSignal()) {
      while (figures.in.sum() > figures.answered() + service.running().counters().dropped() && System.nanoTime() < deadline) {
        pause.await(Duration.ofMillis(20));
      }
    }
  }

  private static DemoReport report(DemoFigures figures, PipelineService service, long answered, long nanos) {
    return new DemoReport(
        figures.in.sum(),
        figures.out.sum(),
        figures.rejected.sum(),
        service.running().counters().dropped(),
        nanos == 0 ? 0 : answered * 1e9 / nanos,
        figures.total(),
        figures.frauds.sum(),
        figures.flagged.sum(),
        figures.caught.sum(),
        figures.producerLateNanos.get() / 1e6);
  }

  private static void createTopics(EmbeddedKafka kafka, Pipeline pipeline) {
    List<String> topics = List.of(pipeline.document().source().topic().value(), pipeline.document().sink().topic().value(), rejectsTopic(pipeline));
    topics.forEach(topic -> kafka.createTopic(topic, PARTITIONS, Map.of("retention.ms", "-1")));
  }

  private static String rejectsTopic(Pipeline pipeline) {
    return pipeline.document().rejects() instanceof io.yapok.schemas.PipelineDocument.Rejects.ToTopic(var topic) ? topic.value() : "";
  }

  private static Path copyPipeline(Path directory) {
    try {
      return DemoPipeline.copyTo(directory);
    } catch (IOException e) {
      throw new EnvironmentException("the demo's pipeline cannot be written: " + e, directory.toString(), "free some space there", e);
    }
  }
}
