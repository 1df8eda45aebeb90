package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options that every contestant's JVM gets: those that Yapok ships, and over them what {@code YAPOK_JAVA_OPTS} says, as the launcher does it. */
public final class JvmOptions {
  /** The variable of the environment with options over those that Yapok ships. */
  static final String VARIABLE = "YAPOK_JAVA_OPTS";

  private static final String SHIPPED = "app/jvm.options";

  private JvmOptions() {}

  /** The options, as the {@code java} command takes them. */
  public static List<String> shipped() {
    Path file = Checkout.root().resolve(SHIPPED);
    if (!Files.isReadable(file)) {
      throw new BenchException("the JVM options that Yapok ships are not there", file.toString(), "run the benchmark from a checkout, by ./yapok bench");
    }
    List<String> options = new ArrayList<>(List.of("@" + file));
    @Nullable String more = System.getenv(VARIABLE);
    if (more != null && !more.isBlank()) {
      options.addAll(List.of(more.strip().split("\\s+")));
    }
    return options;
  }

  /** The same for a helper that is not measured and shall not take the processor for long: the optimising compiler stays off. */
  public static List<String> quick() {
    List<String> options = new ArrayList<>(shipped());
    options.add("-XX:TieredStopAtLevel=1");
    return options;
  }
}
