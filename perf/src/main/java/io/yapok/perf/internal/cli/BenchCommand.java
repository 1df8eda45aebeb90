package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.Race;
import io.yapok.perf.internal.measure.RaceRunner;
import io.yapok.perf.internal.report.Environment;
import io.yapok.perf.internal.report.JsonLine;
import io.yapok.perf.internal.report.RaceReport;
import io.yapok.perf.internal.report.Recording;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok bench NAME}. Progress goes to standard error, the figures to standard output. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {GateCommand.class, FormatsCommand.class, StateCommand.class},
    description = "Measures Yapok beside what else people would use: an embedded Kafka and each contestant in a JVM of its own, all draining the same topic.")
public final class BenchCommand implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int USAGE = 2;
  private static final int ENVIRONMENT = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "The workload: lr64, mlp, crayfish, payments, ranking, ranking-tensor, ranking-joined or resnet.")
  private String name = "";

  @Option(names = "--runs", paramLabel = "N", defaultValue = "5", description = "Runs of each contestant; ${DEFAULT-VALUE} if left out.")
  private int runs;

  @Option(names = "--records", paramLabel = "N", description = "Records to drain; if left out, as many as take a few seconds on two cores.")
  private @Nullable Integer records;

  @Option(
      names = "--commit-interval-ms",
      paramLabel = "N",
      description = "How often every contestant commits; if left out 100, Kafka Streams' default under exactly once, and for latency and pauses Yapok's, 10 or 200.")
  private @Nullable Long commitIntervalMillis;

  @Option(
      names = "--contestants",
      paramLabel = "A,B",
      split = ",",
      description = "Only these, of client-loop, streams-passthrough, streams-per-record, flink-batched, ort-only and yapok; all that have the workload if left out.")
  private List<String> contestants = List.of();

  @Mixin private MeasureOptions measure = new MeasureOptions();

  @Option(names = "--record", description = "Write the figures and a chart to docs/performance, where the README quotes them and the gate compares with them.")
  private boolean record;

  @Option(names = "--json", description = "Print the figures as one JSON object on the last line of standard output.")
  private boolean json;

  private BenchCommand() {}

  /** Runs one command line and returns its exit code; called on the main thread. */
  public static int run(String... arguments) {
    return new CommandLine(new BenchCommand())
        .setParameterExceptionHandler((failure, given) -> explain(failure, failure.getCommandLine().getErr()))
        .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()))
        .execute(arguments);
  }

  private static int explain(Exception failure, PrintWriter err) {
    return switch (failure) {
      case ParameterException usage -> {
        err.println("error: " + usage.getMessage() + ", command line, see 'yapok bench --help'");
        yield USAGE;
      }
      case BenchException bench -> {
        err.println("error: " + bench.getMessage());
        yield ENVIRONMENT;
      }
      default -> {
        err.println("error: " + failure + ", inside the benchmark, please report it with the trace below");
        failure.printStackTrace(err);
        yield ENVIRONMENT;
      }
    };
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Race race = race();
    try (BenchDirectory directory = BenchDirectory.create(spec.commandLine().getErr()::println)) {
      int code = measure.isThroughput() ? run(race, directory.path()) : measure(race, directory.path());
      directory.done();
      return code;
    }
  }

  private int run(Race race, Path directory) throws IOException, InterruptedException {
    RaceReport report = new RaceReport(race, new RaceRunner(race, directory, spec.commandLine().getErr()::println).run());
    if (record) {
      Files.writeString(record(race.workload().name(), report.toMap()).chart(), report.toChart(environment()).toSvg());
    }
    spec.commandLine().getOut().println(json ? JsonLine.of(report.toMap()) : report.toText());
    return FINE;
  }

  private Recording record(String what, Map<String, ?> figures) throws IOException {
    Recording recording = new Recording(Checkout.root(), what);
    recording.write(figures, environment());
    return recording;
  }

  private Environment environment() {
    return Environment.now("./yapok bench " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
  }

  private int measure(Race race, Path directory) throws IOException, InterruptedException {
    Outcome outcome =
        measure.run(
            race.workload(),
            records == null ? OptionalInt.empty() : OptionalInt.of(race.records()),
            spec.commandLine().getParseResult().hasMatchedOption("--runs") ? OptionalInt.of(runs) : OptionalInt.empty(),
            race.commitIntervalMillis(),
            contestants.isEmpty() ? List.of() : race.contestants(),
            directory,
            Checkout.root().resolve(record ? "docs/performance" : "perf/target"),
            spec.commandLine().getErr()::println);
    if (record) {
      record(race.workload().name() + measure.suffix(), outcome.json());
    }
    spec.commandLine().getOut().println(json ? JsonLine.of(outcome.json()) : outcome.text());
    return outcome.valid() ? FINE : ENVIRONMENT;
  }

  private Race race() {
    String there = "there is " + String.join(", ", Workloads.names()) + ", gate, formats and state";
    if (name.isEmpty()) {
      throw usage("which benchmark? " + there);
    }
    Workload workload = Workloads.named(name).orElseThrow(() -> usage("no benchmark is named " + name + "; " + there));
    int count = records == null ? workload.records() : records;
    measure.refusal(workload, spec.commandLine().getParseResult()).ifPresent(refusal -> {
      throw usage(refusal);
    });
    long commitEvery = commitIntervalMillis == null ? measure.commitIntervalMillis() : commitIntervalMillis;
    if (count < 1 || runs < 1 || commitEvery < 1) {
      throw usage("--records, --runs and --commit-interval-ms take numbers from 1 on");
    }
    List<Contestant> chosen = contestants.isEmpty() ? workload.contestants() : contestants.stream().distinct().map(label -> contestant(workload, label)).toList();
    return new Race(workload, chosen, count, runs, commitEvery);
  }

  private Contestant contestant(Workload workload, String label) {
    Contestant contestant = Contestant.named(label).orElseThrow(() -> usage("no contestant is named " + label));
    if (!workload.contestants().contains(contestant) && (contestant != Contestant.KAFKA_ONLY || measure.isThroughput())) {
      throw usage(label + " does not run " + workload.name());
    }
    return contestant;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
