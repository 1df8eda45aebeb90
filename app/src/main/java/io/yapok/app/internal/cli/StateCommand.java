package io.yapok.app.internal.cli;

import picocli.CommandLine.Command;

/** {@code yapok state}: what a pipeline remembers, in five commands. */
@Command(
    name = "state",
    description = "Shows what a running pipeline remembers about a key, lists or counts keys; writes all of it into a file, or loads it from one.",
    subcommands = {StateGetCommand.class, StateScanCommand.class, StateCountCommand.class, StateExportCommand.class, StateLoadCommand.class},
    mixinStandardHelpOptions = true)
final class StateCommand {}
