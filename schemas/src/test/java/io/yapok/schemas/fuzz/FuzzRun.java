package io.yapok.schemas.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer on one target, in a process of its own: its agent changes classes and its native half takes over signals. What it writes lies in {@code target/fuzz/TARGET}; inputs that reached something new stay
 * there in {@code corpus} and the next run begins with them.
 */
public final class FuzzRun {
  /** With it, a run takes so many seconds; without, it is over after {@link #INPUTS}. */
  private static final int SECONDS = Integer.getInteger("yapok.fuzz.seconds", 0);

  /** Whether there is time for each target alone. */
  public static final boolean IS_LONG = SECONDS > 0;

  private static final int INPUTS = 5_000;
  private static final int LONGEST_INPUT = 16_384;
  private static final Pattern LAST_PROGRESS = Pattern.compile("(?s).*\\bcov: (\\d+) ft: (\\d+)");
  private static final Pattern EXECUTED = Pattern.compile("stat::number_of_executed_units: *(\\d+)");

  private final FuzzTarget target;
  private final Path directory;

  private FuzzRun(FuzzTarget target) {
    this.target = target;
    this.directory = Path.of("target", "fuzz", target.name()).toAbsolutePath();
  }

  /**
   * Runs Jazzer and answers in a line how far it came.
   *
   * @throws AssertionError if it found something
   */
  public static String of(FuzzTarget target) throws IOException, InterruptedException {
    return new FuzzRun(target).run();
  }

  private String run() throws IOException, InterruptedException {
    Path seeds = Files.createDirectories(directory.resolve("seeds"));
    for (byte[] seed : target.seeds()) {
      Files.write(seeds.resolve(Integer.toHexString(Arrays.hashCode(seed))), seed);
    }
    Files.createDirectories(directory.resolve("tmp"));
    Path words = directory.resolve("words");
    Files.write(words, target.words().stream().map(FuzzRun::quoted).toList());
    Path log = directory.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command(Files.createDirectories(directory.resolve("corpus")), seeds, words)).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    int status = builder.start().waitFor();
    String printed = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (status != 0) {
      throw new AssertionError("Jazzer found something in " + target.name() + "; the input is crash-* in " + directory + ", the log beside it ends:\n" + printed.substring(Math.max(0, printed.length() - 6000)));
    }
    return summary(printed);
  }

  private List<String> command(Path corpus, Path seeds, Path words) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+EnableDynamicAgentLoading"));
    if (!IS_LONG) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
    List<String> instrumented = new ArrayList<>(List.of("io.yapok.**"));
    instrumented.addAll(target.libraries());
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + Fuzzed.class.getName());
    command.add("--target_args=" + target.getClass().getName());
    command.add("--instrumentation_includes=" + String.join(":", instrumented));
    command.add("--instrumentation_excludes=" + FuzzRun.class.getPackageName() + ".**");
    command.add("--custom_hook_includes=" + String.join(":", instrumented));
    command.add("--reproducer_path=" + directory);
    command.addAll(List.of(corpus.toString(), seeds.toString()));
    if (Files.isDirectory(KeptInputs.directory(target))) {
      command.add(KeptInputs.directory(target).toString());
    }
    if (Files.size(words) > 0) {
      command.add("-dict=" + words);
    }
    command.add("-artifact_prefix=" + directory + "/");
    command.add(IS_LONG ? "-max_total_time=" + SECONDS : "-runs=" + INPUTS);
    // A hang ends the run; what merely takes too long, Bounds has found before. Memory is the JVM's to bound.
    command.addAll(List.of("-max_len=" + LONGEST_INPUT, "-timeout=60", "-rss_limit_mb=0", "-print_final_stats=1"));
    return command;
  }

  private static String quoted(String word) {
    StringBuilder line = new StringBuilder("\"");
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      line.append(String.format("\\x%02x", b));
    }
    return line.append('"').toString();
  }

  private String summary(String printed) {
    Matcher executed = EXECUTED.matcher(printed);
    Matcher progress = LAST_PROGRESS.matcher(printed);
    if (!executed.find() || !progress.find()) {
      throw new AssertionError("Jazzer did not run: " + printed);
    }
    return "%-12s %,d inputs, %s branches, %s features".formatted(target.name(), Long.parseLong(executed.group(1)), progress.group(1), progress.group(2));
  }
}
