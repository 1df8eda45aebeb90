package io.yapok.app.internal.cli;

import io.yapok.topology.PipelineCounters;
import io.yapok.topology.RunningPipeline;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** What is said when a pipeline has ended, and the exit code for it. */
final class Endings {
  private Endings() {}

  static int explain(Optional<Throwable> failure, RunningPipeline running, PrintWriter err) {
    PipelineCounters counters = running.counters();
    err.printf(
        Locale.ROOT, "stopped after in %,d = out %,d + rejected %,d + dropped %,d%n", counters.in(), counters.out(), counters.rejected(), counters.dropped());
    if (failure.isEmpty()) {
      return ExitCode.FINE;
    }
    err.println("error: the pipeline has given up: " + failure.get().getMessage() + ", " + running.pipeline().document().name() + ", mend the cause and start it again");
    return ExitCode.ENVIRONMENT;
  }
}
