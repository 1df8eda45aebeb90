package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.contestant.RedisServer;
import io.yapok.perf.internal.report.Environment;
import io.yapok.perf.internal.report.JsonLine;
import io.yapok.perf.internal.report.Recording;
import io.yapok.perf.internal.state.StateCase;
import io.yapok.perf.internal.state.StateRaces;
import io.yapok.perf.internal.state.StateReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yapok bench state}: what remembering costs a record, beside a store of Kafka Streams driven by hand and Redis. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = {
      "Measures records with 0, 1, 5 and 20 features of their keys, many keys and few, known before or new; beside plain Kafka Streams code with a key-value store, and beside",
      "a Redis over loopback where there is a redis-server on the PATH."
    })
final class StateCommand implements Callable<Integer> {
  private static final List<Contestant> USUAL = List.of(Contestant.KAFKA_STREAMS_STORE, Contestant.REDIS, Contestant.YAPOK);
  private static final List<Contestant> ALL = List.of(Contestant.KAFKA_STREAMS_STORE, Contestant.KAFKA_STREAMS_STORE_CACHED, Contestant.REDIS, Contestant.YAPOK);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cases",
      paramLabel = "FEATURES-KEYS-hit|miss",
      split = ",",
      description = "Such as 5-100k-hit: 0, 1, 5 or 20 features, this many keys (k for thousands, m for millions) known before, records of these or of new ones.")
  private List<String> cases = List.of();

  @Option(names = "--keys", paramLabel = "N", description = "5 features of this many keys, hit and miss, in place of the usual cases: 10000000 takes an hour.")
  private @Nullable Integer keys;

  @Option(names = "--records", paramLabel = "N", defaultValue = "600000", description = "Records of each case after those that make the keys known; ${DEFAULT-VALUE} if left out.")
  private int records;

  @Option(names = "--runs", paramLabel = "N", defaultValue = "2", description = "Runs of each contestant in each case; ${DEFAULT-VALUE} if left out.")
  private int runs;

  @Option(names = "--commit-interval-ms", paramLabel = "N", defaultValue = "100", description = "How often every contestant commits; ${DEFAULT-VALUE} if left out.")
  private long commitIntervalMillis;

  @Option(names = "--memory", paramLabel = "SIZE", defaultValue = "", description = "Yapok's state.memory, such as 64MiB; its default if left out.")
  private String memory = "";

  @Option(names = "--contestants", paramLabel = "A,B", split = ",", description = "Only these, of kafka-streams-store, kafka-streams-store-cached, redis and yapok; all but the second if left out.")
  private List<String> contestants = List.of();

  @Option(names = "--record", description = "Write the figures and a chart to docs/performance.")
  private boolean record;

  @Option(names = "--json", description = "Print the figures as one JSON object on the last line of standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || records < 2 || commitIntervalMillis < 1) {
      throw usage("--runs and --commit-interval-ms take numbers from 1 on, --records from 2 on");
    }
    List<StateCase> places = places();
    List<Contestant> racing = racing();
    PrintWriter err = spec.commandLine().getErr();
    try (BenchDirectory directory = BenchDirectory.create(err::println)) {
      StateReport report = new StateRaces(places, racing, records, runs, commitIntervalMillis, memory, directory.path(), err::println).run();
      directory.done();
      if (record) {
        record(report);
      }
      spec.commandLine().getOut().println(json ? JsonLine.of(report.toMap()) : report.toText());
    }
    return 0;
  }

  private void record(StateReport report) throws IOException {
    Environment environment = Environment.now("./yapok bench " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs()));
    Recording recording = new Recording(Checkout.root(), "state");
    recording.write(report.toMap(), environment);
    Files.writeString(recording.chart(), report.toChart(environment).toSvg());
  }

  private List<StateCase> places() {
    if (keys != null && !cases.isEmpty()) {
      throw usage("--keys and --cases say the same; give one of them");
    }
    if (keys != null) {
      return Stream.of("hit", "miss").map(lookup -> place("5-" + keys + "-" + lookup)).toList();
    }
    return cases.isEmpty() ? StateCase.USUAL : cases.stream().distinct().map(this::place).toList();
  }

  private StateCase place(String text) {
    return StateCase.parse(text).orElseThrow(() -> usage("a case is such as 5-100k-hit, with 0, 1, 5 or 20 features and at most 10m keys, not " + text));
  }

  private List<Contestant> racing() {
    List<Contestant> chosen = new ArrayList<>(contestants.isEmpty() ? USUAL : contestants.stream().distinct().map(this::contestant).toList());
    if (chosen.contains(Contestant.REDIS) && RedisServer.program().isEmpty()) {
      chosen.remove(Contestant.REDIS);
      spec.commandLine().getErr().println("there is no redis-server on the PATH: redis is left out");
    }
    if (chosen.isEmpty()) {
      throw usage("there is nobody to measure");
    }
    return chosen;
  }

  private Contestant contestant(String label) {
    return Contestant.named(label).filter(ALL::contains).orElseThrow(() -> usage("no contestant is named " + label));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
