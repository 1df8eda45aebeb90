package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.start.StartRunner;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to measure, and what the measures beside throughput need to know. */
final class MeasureOptions {
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

  @Option(
      names = "--delivery",
      paramLabel = "exactly_once_v2|at_least_once",
      defaultValue = "exactly_once_v2",
      description = "The contestants' guarantee; ${DEFAULT-VALUE} if left out. Not for throughput.")
  private Delivery delivery = Delivery.exactly_once_v2;

  /** As on the command line. */
  enum Measure {
    throughput,
    start
  }

  /** As on the command line and in a pipeline document. */
  enum Delivery {
    exactly_once_v2,
    at_least_once
  }

  boolean isThroughput() {
    return measure == Measure.throughput;
  }

  List<String> jvmOptions() {
    return jvmOptions.isBlank() ? List.of() : List.of(jvmOptions.strip().split("\\s+"));
  }

  OptionalLong rate() {
    return rate == null ? OptionalLong.empty() : OptionalLong.of(rate);
  }

  String delivery() {
    return delivery.name();
  }

  /** Runs the measure that was asked for; not for throughput. */
  Outcome run(MeasureSettings settings) throws IOException, InterruptedException {
    return switch (measure) {
      case throughput -> throw new IllegalStateException("throughput is a race");
      case start -> new StartRunner(settings).run();
    };
  }
}
