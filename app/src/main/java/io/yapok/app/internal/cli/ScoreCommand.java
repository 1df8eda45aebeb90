package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.score.ScoreReport;
import io.yapok.app.internal.score.ScoreRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok score}: a pipeline's steps over a file of JSON lines. */
@Command(
    name = "score",
    description = {
      "Runs a pipeline's steps over a file of JSON lines, without Kafka; answers come in the lines' order.",
      "Blank lines are passed over. State starts empty; without --time all lines have one time, the start's."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Mixin private PipelineFile file = new PipelineFile();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--input", required = true, paramLabel = "FILE", description = "JSON lines; - is standard input.")
  private String input = "-";

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "Results, one a line; - is standard output.")
  private String output = "-";

  @Option(names = "--rejects", paramLabel = "FILE", description = "Records that could not be scored, with the reason; without it each is an error.")
  private @Nullable String rejects;

  @Option(names = "--time", paramLabel = "FIELD", description = "The field with a line's time: milliseconds since 1970, or as 2013-12-02T21:15:00Z.")
  private @Nullable String time;

  @Option(
      names = "--table",
      paramLabel = "NAME=FILE",
      description = "The rows of a table that the pipeline joins, one a line: {\"key\": \"u1\", \"value\": {...}}; once for each table.")
  private Map<String, Path> tables = new LinkedHashMap<>();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    ScoreReport report;
    try {
      report = new ScoreRun(file.path(), input, output, rejects, time, tables).run(err);
    } catch (IOException e) {
      throw new EnvironmentException("reading or writing failed: " + e, input + " to " + output, "look at the disk and at who else uses the files", e);
    }
    double seconds = Math.max(1e-9, report.elapsed().toNanos() / 1e9);
    String filtered = report.filtered() == 0 ? "" : String.format(Locale.ROOT, " + %,d not for the sink", report.filtered());
    err.printf(
        Locale.ROOT, "%,d in = %,d answered + %,d rejected%s in %.1f s, %,.0f records/s%n", report.in(), report.out(), report.rejected(), filtered, seconds, report.in() / seconds);
    return report.rejected() > 0 && rejects == null ? ExitCode.INPUT : ExitCode.FINE;
  }
}
