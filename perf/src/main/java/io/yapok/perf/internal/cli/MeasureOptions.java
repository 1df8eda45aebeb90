package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.allocation.AllocationRunner;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.ladder.LadderRunner;
import io.yapok.perf.internal.latency.LatencyRunner;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.memory.MemoryRunner;
import io.yapok.perf.internal.pause.PauseRunner;
import io.yapok.perf.internal.profile.ProfileRunner;
import io.yapok.perf.internal.start.StartRunner;
import io.yapok.perf.internal.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** What to measure, and what the measures beside throughput need to know. */
final class MeasureOptions {
  private static final int LONGEST_WARM_UP_SECONDS = 3600;

  @Option(
      names = "--measure",
      paramLabel = "WHAT",
      defaultValue = "throughput",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if left out.")
  private Measure measure = Measure.throughput;

  @Option(names = "--jvm-options", paramLabel = "OPTIONS", defaultValue = "", description = "Options for the contestants' JVMs, over those that Yapok ships, as one argument.")
  private String jvmOptions = "";

  @Option(names = "--rate", paramLabel = "N", description = "Records a second, for measures that produce at a rate.")
  private @Nullable Long rate;

  @Option(names = "--warm-up-s", paramLabel = "N", description = "Seconds at the rate before what is measured; three times as long as that if left out.")
  private @Nullable Integer warmUpSeconds;

  @Option(
      names = "--delivery",
      paramLabel = "exactly_once_v2|at_least_once",
      defaultValue = "exactly_once_v2",
      converter = DeliveryConverter.class,
      description = "The contestants' guarantee; ${DEFAULT-VALUE} if left out. Not for throughput.")
  private Delivery delivery = Delivery.EXACTLY_ONCE;

  @Option(
      names = "--late-ms",
      paramLabel = "N",
      defaultValue = "5",
      description = "A run is invalid (exit code 3) if 1 %% of its records were sent later than they should by more; ${DEFAULT-VALUE} if left out.")
  private long lateMillis;

  @Option(names = "--accept-late", description = "Exit with 0 all the same.")
  private boolean acceptLate;

  /** As on the command line. */
  enum Measure {
    throughput,
    latency,
    pauses,
    start,
    ladder,
    allocation,
    memory,
    profile
  }

  /** What the figures' file is named after the workload. */
  String suffix() {
    return "-" + measure + (delivery == Delivery.EXACTLY_ONCE ? "" : "-" + delivery.documentName());
  }

  /** Why these options, or the workload and the measure, do not go together; empty if they do. */
  Optional<String> refusal(Workload workload, ParseResult given) {
    boolean needsIds = measure == Measure.latency || measure == Measure.pauses || measure == Measure.memory || measure == Measure.ladder || measure == Measure.allocation;
    if (needsIds && workload.pool().isKeyed()) {
      return Optional.of("the records of %s have keys and state, and %s needs records that are numbered".formatted(workload.name(), measure));
    }
    if (measure == Measure.ladder && !workload.tables().isEmpty()) {
      return Optional.of("the ladder has no rung for tables, which %s is joined with".formatted(workload.name()));
    }
    if (measure == Measure.allocation && workload.rowsPerRecord() > 1) {
      return Optional.of("allocation is counted for one row a record, and %s has %d".formatted(workload.name(), workload.rowsPerRecord()));
    }
    if (isThroughput() && Stream.of("--jvm-options", "--rate", "--delivery").anyMatch(given::hasMatchedOption)) {
      return Optional.of("--jvm-options, --rate and --delivery are for other measures than throughput");
    }
    if (warmUpSeconds != null && (warmUpSeconds < 0 || warmUpSeconds > LONGEST_WARM_UP_SECONDS || !(measure == Measure.latency || measure == Measure.pauses || measure == Measure.memory))) {
      return Optional.of("--warm-up-s is for latency, pauses and memory, and from 0 to " + LONGEST_WARM_UP_SECONDS);
    }
    boolean needsTransactions = measure == Measure.ladder || measure == Measure.allocation;
    return needsTransactions && delivery != Delivery.EXACTLY_ONCE ? Optional.of(measure + " is measured exactly once") : Optional.empty();
  }

  boolean isThroughput() {
    return measure == Measure.throughput;
  }

  /** How often everyone commits unless told. What is measured at a rate has Yapok's own intervals; what is measured as fast as it goes has Kafka Streams'. */
  long commitIntervalMillis() {
    return switch (measure) {
      case latency, pauses -> delivery == Delivery.EXACTLY_ONCE ? 10 : 200;
      case throughput, start, ladder, allocation, memory, profile -> 100;
    };
  }

  /**
   * Runs the measure that was asked for; not for throughput.
   *
   * @param contestants those named on the command line; empty if none were
   * @param flames where a flame graph goes
   */
  Outcome run(
      Workload workload, OptionalInt records, OptionalInt runs, long commitIntervalMillis, List<Contestant> contestants, Path directory, Path flames, Consumer<String> progress)
      throws IOException, InterruptedException {
    MeasureSettings settings =
        new MeasureSettings(
            workload,
            records,
            runs,
            commitIntervalMillis,
            delivery,
            jvmOptions.isBlank() ? List.of() : List.of(jvmOptions.strip().split("\\s+")),
            rate == null ? OptionalLong.empty() : OptionalLong.of(rate),
            Optional.ofNullable(warmUpSeconds).map(Duration::ofSeconds),
            Duration.ofMillis(lateMillis),
            directory,
            progress);
    Outcome outcome = run(settings, contestants, flames);
    return acceptLate ? new Outcome(outcome.text(), outcome.json(), true) : outcome;
  }

  private Outcome run(MeasureSettings settings, List<Contestant> contestants, Path flames) throws IOException, InterruptedException {
    return switch (measure) {
      case throughput -> throw new IllegalStateException("throughput is a race");
      case latency -> new LatencyRunner(settings, contestants.isEmpty() ? usual(settings.workload()) : contestants).run();
      case pauses -> new PauseRunner(settings).run();
      case start -> new StartRunner(settings).run();
      case ladder -> new LadderRunner(settings).run();
      case allocation -> new AllocationRunner(settings).run();
      case memory -> new MemoryRunner(settings).run();
      case profile -> new ProfileRunner(settings, contestants.isEmpty() ? Contestant.YAPOK : contestants.getFirst(), flames).run();
    };
  }

  /** Whose latency is measured unless told: what there is without a model, the limit, and Yapok. */
  private static List<Contestant> usual(Workload workload) {
    return Stream.of(Contestant.KAFKA_ONLY, Contestant.CLIENT_LOOP, Contestant.YAPOK)
        .filter(contestant -> contestant == Contestant.KAFKA_ONLY || workload.contestants().contains(contestant))
        .toList();
  }

  static final class DeliveryConverter implements ITypeConverter<Delivery> {
    @Override
    public Delivery convert(String text) {
      return Delivery.named(text).orElseThrow(() -> new TypeConversionException("a guarantee is exactly_once_v2 or at_least_once, not " + text));
    }
  }
}
