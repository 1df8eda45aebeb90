package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RaceRunner;
import io.yapok.perf.internal.report.GateReport;
import io.yapok.perf.internal.report.RaceReport;
import io.yapok.perf.internal.report.Recording;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok bench gate}: what one runs before a change lands. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = "Compares throughput ratios with those recorded in docs/performance; exit code 1 when more than 10 %% of one is lost.")
final class GateCommand implements Callable<Integer> {
  private static final int LOST = 1;
  private static final List<String> WORKLOADS = List.of("lr64", "crayfish", "ranking");
  private static final int RUNS = 3;
  private static final long COMMIT_INTERVAL_MILLIS = 100;

  private static final String QUICK = "lr64";
  private static final int QUICK_RECORDS = 400_000;
  private static final int QUICK_RUNS = 2;
  private static final double QUICK_FLOOR = 0.30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--quick", description = "lr64 alone, briefly, against the client loop: fails below 0.30, since CI machines are noisy.")
  private boolean quick;

  @Override
  public Integer call() throws IOException, InterruptedException {
    GateReport report = new GateReport();
    if (quick) {
      runQuick(report);
    } else {
      for (String name : WORKLOADS) {
        compare(report, Workloads.named(name).orElseThrow());
      }
    }
    spec.commandLine().getOut().println(report.toText());
    return report.passed() ? 0 : LOST;
  }

  private void runQuick(GateReport report) throws IOException, InterruptedException {
    Workload workload = Workloads.named(QUICK).orElseThrow();
    List<Contestant> contestants = List.of(Contestant.CLIENT_LOOP, Contestant.YAPOK);
    RaceReport race = run(new Race(workload, contestants, QUICK_RECORDS, QUICK_RUNS, COMMIT_INTERVAL_MILLIS));
    report.demand(QUICK, "yapok/client-loop", QUICK_FLOOR, race.ratios());
  }

  private void compare(GateReport report, Workload workload) throws IOException, InterruptedException {
    Map<String, Double> recorded =
        new Recording(Checkout.root(), workload.name())
            .ratios()
            .orElseThrow(() -> new BenchException("nothing is recorded", workload.name(), "run 'yapok bench " + workload.name() + " --record' on a quiet machine first"));
    List<Contestant> contestants =
        workload.contestants().stream().filter(other -> other == Contestant.YAPOK || recorded.containsKey("yapok/" + other.label())).filter(other -> other != Contestant.FLINK_BATCHED).toList();
    report.compare(workload.name(), recorded, run(new Race(workload, contestants, workload.records(), RUNS, COMMIT_INTERVAL_MILLIS)).ratios());
  }

  private RaceReport run(Race race) throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try (BenchDirectory directory = BenchDirectory.create(err::println)) {
      RaceReport report = new RaceReport(race, new RaceRunner(race, directory.path(), err::println).run());
      directory.done();
      return report;
    }
  }
}
