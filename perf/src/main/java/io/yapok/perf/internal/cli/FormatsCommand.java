package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.formats.EndToEnd;
import io.yapok.perf.internal.formats.EndToEndReport;
import io.yapok.perf.internal.formats.FormatRace;
import io.yapok.perf.internal.formats.FormatReport;
import io.yapok.perf.internal.report.Environment;
import io.yapok.perf.internal.report.JsonLine;
import io.yapok.perf.internal.report.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yapok bench formats}: decoders without Kafka, and whole pipelines beside them. */
@Command(
    name = "formats",
    mixinStandardHelpOptions = true,
    description = {
      "Decodes the same numbers as JSON, Avro, inference requests and raw tensors, beside Jackson's tree and parser and Avro's generic records, on one thread and without Kafka.",
      "Then scores them from topic to topic, in each format."
    })
final class FormatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--runs", paramLabel = "N", defaultValue = "9", description = "Rounds, in each of which everyone has a turn; ${DEFAULT-VALUE} if left out.")
  private int runs;

  @Option(names = "--end-to-end-runs", paramLabel = "N", defaultValue = "3", description = "Runs of a pipeline for each format; ${DEFAULT-VALUE} if left out, none for 0.")
  private int endToEndRuns;

  @Option(names = "--records", paramLabel = "N", defaultValue = "2000000", description = "Records of each format for the pipelines; ${DEFAULT-VALUE} if left out.")
  private int records;

  @Option(names = "--record", description = "Write the figures to docs/performance.")
  private boolean record;

  @Option(names = "--json", description = "Print the figures as one JSON object on the last line of standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (runs < 1 || records < 1 || endToEndRuns < 0) {
      throw new ParameterException(spec.commandLine(), "--runs and --records take numbers from 1 on, --end-to-end-runs from 0 on");
    }
    PrintWriter err = spec.commandLine().getErr();
    FormatReport report = new FormatRace(runs, err::println).run();
    if (endToEndRuns > 0) {
      report = report.with(endToEnd(err::println));
    }
    if (record) {
      String given = String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
      new Recording(Checkout.root(), "formats").write(report.toMap(), Environment.now("./yapok bench " + given));
    }
    spec.commandLine().getOut().println(json ? JsonLine.of(report.toMap()) : report.toText());
    return 0;
  }

  private EndToEndReport endToEnd(Consumer<String> progress) throws IOException, InterruptedException {
    try (BenchDirectory directory = BenchDirectory.create(progress)) {
      EndToEndReport report = new EndToEnd(endToEndRuns, records, directory.path(), progress).run();
      directory.done();
      return report;
    }
  }
}
