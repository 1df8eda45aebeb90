package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts contestants. Yapok comes by its launcher, with all that a user has by it, such as the start cache. */
public final class ContestantJvm {
  private ContestantJvm() {}

  /** Whether Yapok comes by its launcher; in a test it comes straight by {@code java}, since the launcher would build. */
  public static boolean isLaunched() {
    return Checkout.isRunFromJar();
  }

  /**
   * Starts one.
   *
   * @param more JVM options over those that Yapok ships and all have
   * @param log where everything that it prints goes
   */
  public static ChildJvm start(Contestant contestant, List<String> more, Assignment assignment, Path log) throws IOException {
    return contestant == Contestant.YAPOK && isLaunched() ? launch(more, assignment, log) : run(contestant, more, assignment, log);
  }

  private static ChildJvm run(Contestant contestant, List<String> more, Assignment assignment, Path log) throws IOException {
    List<String> options = new ArrayList<>(JvmOptions.shipped());
    options.addAll(contestant.jvmOptions());
    options.addAll(more);
    String jars = contestant.ownJars().map(folder -> Checkout.root().resolve("perf/target").resolve(folder) + "/*" + File.pathSeparator).orElse("");
    return ChildJvm.start(options, contestant.command(assignment), jars + System.getProperty("java.class.path"), log);
  }

  private static ChildJvm launch(List<String> more, Assignment assignment, Path log) throws IOException {
    List<String> command = Contestant.YAPOK.command(assignment);
    List<String> line = new ArrayList<>(List.of(Checkout.root().resolve("yapok").toString()));
    line.addAll(command.subList(1, command.size())); // the launcher knows the main class
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().merge(JvmOptions.VARIABLE, String.join(" ", more), (given, added) -> given + " " + added);
    return ChildJvm.start(builder, log);
  }
}
