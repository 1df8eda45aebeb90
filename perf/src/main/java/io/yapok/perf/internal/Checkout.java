package io.yapok.perf.internal;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where the benchmark lies: it is run from a checkout, whose launcher, JVM options and examples it uses, and whose figures it writes. */
public final class Checkout {
  private Checkout() {}

  /** The checkout's root: this code lies in {@code perf/target/}, as classes or as a jar. */
  public static Path root() {
    return code().resolve("../../..").normalize();
  }

  /** Whether {@code ./yapok bench} started this JVM, from jars, rather than a test, from classes that no jar need hold yet. */
  public static boolean isRunFromJar() {
    return code().toString().endsWith(".jar");
  }

  private static Path code() {
    CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e); // the JVM made it from a path
    }
  }
}
