package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.rejects.DeadLetter;
import io.yapok.app.internal.rejects.RejectGroup;
import io.yapok.app.internal.rejects.Rejects;
import io.yapok.app.internal.rejects.ReplayReport;
import io.yapok.schemas.PipelineDocument;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok rejects replay}: rejected records into the source topic again, none of them twice. */
@Command(
    name = "replay",
    description = {
      "Sends rejected records to the source topic again, as they were, for instance after the pipeline was mended; asks first.",
      "None is sent twice, however often this is run: a compacted topic, named after the application with -replayed, remembers them."
    },
    mixinStandardHelpOptions = true)
final class RejectsReplayCommand implements Callable<Integer> {
  @Mixin private RejectsOptions options = new RejectsOptions();
  @Mixin private RejectChoice choice = new RejectChoice();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(names = "--json", description = "Print one JSON object on the last line; needs --yes.")
  private boolean json;

  @Option(
      names = "--most-replays",
      paramLabel = "N",
      defaultValue = "3",
      description = "Leave records that were replayed so often and rejected again each time; ${DEFAULT-VALUE} if left out.")
  private int mostReplays;

  @Override
  public Integer call() throws InterruptedException {
    if (mostReplays < 1 || (json && !yes)) {
      throw new UsageException(mostReplays < 1 ? "--most-replays takes a number from 1 on, not " + mostReplays : "--json needs --yes");
    }
    PipelineDocument document = options.document();
    Set<String> tables = document.tables().stream().map(table -> table.topic().value()).collect(Collectors.toSet());
    Predicate<DeadLetter> filter = choice.filter(document).and(letter -> !tables.contains(letter.originTopic())); // a row that comes again would replace a newer one
    String source = document.source().topic().value();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ReplayReport report;
    try (Rejects rejects = options.open(document)) {
      if (!yes && !confirmed(rejects.groups(filter), source, out)) {
        return ExitCode.FINE;
      }
      report = rejects.replay(source, filter, mostReplays, err::println);
    }
    out.println(json ? JsonText.of(json(document, report)) : text(report, source));
    out.flush();
    return report.gone() > 0 || report.tooOften() > 0 ? ExitCode.INPUT : ExitCode.FINE;
  }

  private static boolean confirmed(List<RejectGroup> groups, String source, PrintWriter out) {
    RejectsText.lines(groups).forEach(out::println);
    long left = RejectsText.count(groups) - RejectsText.replayed(groups);
    out.printf(Locale.ROOT, "%,d records would be sent into topic %s again.%n", left, source);
    if (left > 0 && Confirmation.given(out)) {
      return true;
    }
    out.println("Nothing was sent.");
    out.flush();
    return false;
  }

  private static String text(ReplayReport report, String source) {
    StringBuilder text = new StringBuilder("%,d replayed into topic %s".formatted(report.replayed(), source));
    if (report.already() > 0) {
      text.append(", %,d had been replayed before".formatted(report.already()));
    }
    if (report.tooOften() > 0) {
      text.append(", %,d left since they were rejected after each of their replays (--most-replays)".formatted(report.tooOften()));
    }
    if (report.gone() > 0) {
      text.append(", %,d left since they were too large to keep and the source topic no longer has them".formatted(report.gone()));
    }
    return text.toString();
  }

  private static Map<String, Object> json(PipelineDocument document, ReplayReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", document.name().value());
    json.put("replayed", report.replayed());
    json.put("already", report.already());
    json.put("too_often", report.tooOften());
    json.put("gone", report.gone());
    return json;
  }
}
