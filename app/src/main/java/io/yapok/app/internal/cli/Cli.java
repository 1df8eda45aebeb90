package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.embedded.EmbeddedKafkaException;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import io.yapok.topology.KafkaWarmUp;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine;

/**
 * {@code yapok COMMAND}. Problems go to standard error as {@code error: <what>, <where>, <what to do>}, one a line; answers go to standard output. A stack
 * trace is shown only with {@code --verbose}, or for a fault of Yapok itself.
 */
@Command(
    name = "yapok",
    description = "Runs ONNX models on Kafka topics: exactly once, in order.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "'yapok bench NAME' measures; 'yapok COMMAND --help' tells more of a command."})
public final class Cli {
  private static final String VERBOSE = "--verbose";
  private static final String RUN = "run";

  @Option(names = VERBOSE, scope = ScopeType.INHERIT, description = "Log more, and show stack traces.")
  private boolean verbose;

  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          DevCommand.class,
          RunCommand.class,
          ScoreCommand.class,
          CheckCommand.class,
          SchemaCommand.class,
          ReleaseCommand.class,
          InspectCommand.class,
          InitCommand.class,
          RejectsCommand.class,
          StateCommand.class,
          ResetCommand.class,
          StartCacheCommand.class);

  private Cli() {}

  /** Runs one command line and returns its exit code; called on the main thread, before anything has been logged. */
  public static int run(String... args) {
    Logging.start(List.of(args).contains(VERBOSE)); // before it is parsed: others may log meanwhile
    if (args.length > 0 && args[0].equals(RUN)) {
      KafkaWarmUp.begin();
    }
    return commandLine(args).execute(args);
  }

  /** The same with answers and problems written there; the demo's screen and files called {@code -} stay the process's own. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine(args).setOut(out).setErr(err).execute(args);
  }

  private static CommandLine commandLine(String[] args) {
    Cli cli = new Cli();
    CommandLine commandLine = new CommandLine(cli);
    subcommands(args).forEach(commandLine::addSubcommand);
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(parsed -> cli.execute(parsed))
        .setParameterExceptionHandler((failure, arguments) -> cli.explain(failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> cli.explain(failure, command.getErr()));
  }

  /** The command asked for by the first word, else all: reading the options of those that will not run is a tenth of a start. */
  private static List<Class<?>> subcommands(String[] args) {
    Optional<Class<?>> asked = COMMANDS.stream().filter(command -> args.length > 0 && name(command).equals(args[0])).findFirst();
    return asked.<List<Class<?>>>map(List::of).orElse(COMMANDS);
  }

  private static String name(Class<?> command) {
    return Objects.requireNonNull(command.getAnnotation(Command.class)).name();
  }

  private int execute(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = last(parsed);
    boolean asksForHelp = last.isUsageHelpRequested() || last.isVersionHelpRequested();
    if (!last.commandSpec().subcommands().isEmpty() && !asksForHelp) {
      CommandLine command = last.commandSpec().commandLine();
      command.usage(command.getErr());
      return ExitCode.USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  /** The innermost command that was given; one that has commands of its own does nothing itself. */
  private static CommandLine.ParseResult last(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
  }

  private int explain(ParameterException failure) {
    PrintWriter err = failure.getCommandLine().getErr();
    print(err, failure.getMessage() + ", command line, see 'yapok " + subcommand(failure) + "--help'");
    return ExitCode.USAGE;
  }

  private int explain(Exception failure, PrintWriter err) {
    int code =
        switch (failure) {
          case ProblemsException problems -> {
            for (Problem problem : problems.problems()) {
              print(err, problem.toString());
            }
            yield ExitCode.INPUT;
          }
          case EnvironmentException environment -> {
            print(err, environment.problem().toString());
            yield ExitCode.ENVIRONMENT;
          }
          case EmbeddedKafkaException kafka -> {
            print(err, new Problem(kafka.what(), Where.of(kafka.where()), kafka.whatToDo()).toString());
            yield ExitCode.ENVIRONMENT;
          }
          case UsageException usage -> {
            print(err, usage.getMessage() + ", command line, see 'yapok --help'");
            yield ExitCode.USAGE;
          }
          default -> {
            print(err, failure + ", inside Yapok, please report it with the trace below");
            failure.printStackTrace(err);
            yield ExitCode.ENVIRONMENT;
          }
        };
    if (verbose && (failure instanceof ProblemsException || failure instanceof EnvironmentException || failure instanceof EmbeddedKafkaException)) {
      failure.printStackTrace(err);
    }
    return code;
  }

  private static String subcommand(ParameterException failure) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    return name.equals("yapok") ? "" : name.substring("yapok ".length()) + " ";
  }

  private static void print(PrintWriter err, String problem) {
    err.println("error: " + problem);
  }
}
