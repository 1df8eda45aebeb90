package io.yapok.app.internal.cli;

import io.yapok.app.internal.StopSignal;
import io.yapok.app.internal.Terminal;
import io.yapok.app.internal.demo.Demo;
import io.yapok.app.internal.demo.DemoReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yapok demo}: the main job, to look at. */
@Command(
    name = "demo",
    description = "Scores a stream of made-up card payments on an embedded Kafka, exactly once, and shows it.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--seconds", paramLabel = "N", description = "End by itself after N seconds of payments; without it Ctrl-C ends it.")
  private @Nullable Integer seconds;

  @Option(names = "--rate", paramLabel = "N", defaultValue = "5500", description = "Payments a second; ${DEFAULT-VALUE} if left out.")
  private int rate;

  @Option(names = "--json", description = "Print the figures as one JSON object on the last line of standard output; all else goes to standard error.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    if (rate < 1 || (seconds != null && seconds < 1)) {
      throw new UsageException("--rate and --seconds take numbers from 1 on");
    }
    PrintStream screen = json ? System.err : System.out;
    boolean terminal = !json && Terminal.isInteractive();
    try (StopSignal stop = new StopSignal()) {
      DemoReport report = new Demo(rate, seconds == null ? null : Duration.ofSeconds(seconds), screen, terminal).run(stop);
      System.out.println(json ? report.toJson() : report.toText());
      return report.balances() ? ExitCode.FINE : ExitCode.ENVIRONMENT;
    }
  }
}
