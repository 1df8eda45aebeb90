package io.yapok.app.internal.run;

import io.yapok.app.internal.http.ManagementAddress;
import io.yapok.topology.StreamOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline runs as a service.
 *
 * @param kafka settings for Kafka's clients beside the document's
 * @param management where health and metrics are; null for nowhere
 * @param serveState whether state may be read there also by other machines
 */
public record ServiceSettings(StreamOptions options, Map<String, String> kafka, @Nullable ManagementAddress management, boolean serveState) {
  public ServiceSettings {
    kafka = Map.copyOf(kafka);
  }

  /** Settings under which only this machine's processes may read state. */
  public ServiceSettings(StreamOptions options, Map<String, String> kafka, @Nullable ManagementAddress management) {
    this(options, kafka, management, false);
  }

  /** Whether state is shown at this address: to this machine's processes, or where that was asked for. */
  boolean showsState(ManagementAddress address) {
    return serveState || options.advertised() != null || address.isLoopback();
  }

  /** The keys of the client settings alone, since values may be secrets. */
  @Override
  public String toString() {
    return options + ", kafka " + kafka.keySet() + ", management " + management;
  }
}
