package io.yapok.app.internal.cli;

import io.yapok.app.internal.http.ManagementAddress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a pipeline runs in this process. */
final class ServiceOptions {
  private static final String NONE = "none";

  @Option(names = "--threads", paramLabel = "N", description = "Stream threads; as many as there are processors if left out.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--management",
      paramLabel = "[HOST:]PORT|none",
      defaultValue = "127.0.0.1:9464",
      converter = AddressConverter.class,
      description = "Where health and metrics are; ${DEFAULT-VALUE} if left out.")
  private Management management = new Management(null);

  int threads() {
    if (threads < 1) {
      throw new UsageException("--threads takes a number from 1 on, not " + threads);
    }
    return threads;
  }

  @Nullable ManagementAddress management() {
    return management.address();
  }

  /** An address, or none. */
  record Management(@Nullable ManagementAddress address) {}

  static final class AddressConverter implements ITypeConverter<Management> {
    @Override
    public Management convert(String text) {
      try {
        return new Management(text.equals(NONE) ? null : ManagementAddress.parse(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
