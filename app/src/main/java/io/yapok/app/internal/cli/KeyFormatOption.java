package io.yapok.app.internal.cli;

import io.yapok.app.internal.state.KeyFormat;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How keys are written on the command line and in answers. */
final class KeyFormatOption {
  @Option(names = "--key-format", paramLabel = "text|hex", defaultValue = "text", description = "How keys are written; ${DEFAULT-VALUE} if left out.")
  private KeyFormat format = KeyFormat.TEXT;

  KeyFormat format() {
    return format;
  }

  /** The word for it. */
  String word() {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
