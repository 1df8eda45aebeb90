package io.yapok.app.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache as the launcher makes and uses it: from the packaged jars, since the JVM caches nothing of directories. */
@Timeout(240)
class StartCacheIT {
  private static final Path JAR = Path.of("target", "yapok-app.jar").toAbsolutePath();
  private static final Path OPTIONS = Path.of("jvm.options").toAbsolutePath();

  @TempDir private Path directory;

  @Test
  void shouldWriteACacheThatAStartUsesAndAnotherCollectorLeavesAside() throws Exception {
    assumeThat(JAR).as("run by Maven, which packages first").isRegularFile();
    Path cache = directory.resolve("start.aot");

    assertThat(yapok(List.of(), "start-cache", cache.toString())).isEmpty();

    assertThat(cache).isRegularFile();
    assertThat(yapok(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on"), "run", "--help")).as("with 'on' a cache that does not fit ends the JVM").startsWith("Usage: yapok run");
    assertThat(yapok(List.of("-XX:AOTCache=" + cache, "-XX:-UseSerialGC", "-XX:+UseZGC"), "run", "--help")).as("not a word of it").startsWith("Usage: yapok run");
  }

  private String yapok(List<String> options, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + OPTIONS));
    command.addAll(options);
    command.addAll(List.of("-cp", JAR + ":" + JAR.resolveSibling("lib") + "/*", "io.yapok.app.Main"));
    command.addAll(List.of(arguments));
    var out = directory.resolve("out").toFile();
    var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out).start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
      var said = Files.readString(out.toPath());
      assertThat(process.exitValue()).as("%s", said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
