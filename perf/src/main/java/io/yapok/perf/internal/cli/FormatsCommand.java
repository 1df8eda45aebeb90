package io.yapok.perf.internal.cli;

import io.yapok.perf.internal.formats.FormatRace;
import io.yapok.perf.internal.formats.FormatReport;
import io.yapok.perf.internal.measure.JvmOptions;
import io.yapok.perf.internal.report.Environment;
import io.yapok.perf.internal.report.JsonLine;
import io.yapok.perf.internal.report.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code yapok bench formats}: decoders, without Kafka. */
@Command(
    name = "formats",
    mixinStandardHelpOptions = true,
    description = "Decodes the same numbers as JSON, Avro, inference requests and raw tensors, beside Jackson's tree and Avro's generic records, on one thread and without Kafka.")
final class FormatsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--runs", paramLabel = "N", defaultValue = "9", description = "Rounds, in each of which everyone has a turn; ${DEFAULT-VALUE} if left out.")
  private int runs;

  @Option(names = "--record", description = "Write the figures to docs/performance.")
  private boolean record;

  @Option(names = "--json", description = "Print the figures as one JSON object on the last line of standard output.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (runs < 1) {
      throw new ParameterException(spec.commandLine(), "--runs is at least 1, not " + runs);
    }
    PrintWriter err = spec.commandLine().getErr();
    FormatReport report = new FormatRace(runs, err::println).run();
    if (record) {
      String given = String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
      new Recording(JvmOptions.root(), "formats").write(report.toMap(), Environment.now("./yapok bench " + given));
    }
    spec.commandLine().getOut().println(json ? JsonLine.of(report.toMap()) : report.toText());
    return 0;
  }
}
