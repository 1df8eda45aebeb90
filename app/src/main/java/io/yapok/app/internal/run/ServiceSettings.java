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
 */
public record ServiceSettings(StreamOptions options, Map<String, String> kafka, @Nullable ManagementAddress management) {
  public ServiceSettings {
    kafka = Map.copyOf(kafka);
  }

  /** The keys of the client settings alone, since values may be secrets. */
  @Override
  public String toString() {
    return options + ", kafka " + kafka.keySet() + ", management " + management;
  }
}
