package io.yapok.app.internal.cli;

import io.yapok.app.internal.JsonText;
import io.yapok.app.internal.rejects.RejectGroup;
import io.yapok.app.internal.rejects.Rejects;
import io.yapok.schemas.PipelineDocument;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code yapok rejects list}: rejects counted by reason, step and field, each kind with the last one of it. */
@Command(name = "list", description = "Counts rejected records by reason, step and field, and shows one of each kind.", mixinStandardHelpOptions = true)
final class RejectsListCommand implements Callable<Integer> {
  @Mixin private RejectsOptions options = new RejectsOptions();
  @Mixin private RejectChoice choice = new RejectChoice();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    PipelineDocument document = options.document();
    var filter = choice.filter(document);
    List<RejectGroup> groups;
    try (Rejects rejects = options.open(document)) {
      groups = rejects.groups(filter);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonText.of(RejectsText.json(document, groups)));
    } else {
      RejectsText.lines(groups).forEach(out::println);
      out.printf(Locale.ROOT, "%,d rejected, %,d of them replayed%n", RejectsText.count(groups), RejectsText.replayed(groups));
    }
    out.flush();
    return ExitCode.FINE;
  }
}
