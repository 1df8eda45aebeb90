package io.yapok.app.internal.cli;

import picocli.CommandLine.Command;

/** {@code yapok rejects}: what became of rejected records, in four commands. */
@Command(
    name = "rejects",
    description = "Lists a pipeline's rejected records by reason, shows one, writes them into a file, or sends them to the source topic again.",
    subcommands = {RejectsListCommand.class, RejectsShowCommand.class, RejectsExportCommand.class, RejectsReplayCommand.class},
    mixinStandardHelpOptions = true)
final class RejectsCommand {}
