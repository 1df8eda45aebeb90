package io.yapok.app.internal.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** The lines of {@code yapok --version}. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own = Versions.class.getPackage().getImplementationVersion();
    return new String[] {
      "Yapok " + (own == null ? "(from classes)" : own),
      "Kafka clients " + AppInfoParser.getVersion(),
      "Java " + Runtime.version()
    };
  }
}
