package io.yapok.app.internal.http;

import io.helidon.logging.common.LogConfig;

/** What java.util.logging has to say, which Helidon and OpenTelemetry use. */
public final class JavaLogging {
  private JavaLogging() {}

  /** Hands it to SLF4J, as {@code logging.properties} has it and as Helidon's server does when it starts. */
  public static void toSlf4j() {
    LogConfig.configureRuntime();
  }
}
