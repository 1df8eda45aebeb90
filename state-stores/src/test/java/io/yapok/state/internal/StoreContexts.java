package io.yapok.state.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;

/** What a store of a task is opened with, without an application around it. */
final class StoreContexts {
  private StoreContexts() {}

  /**
   * Of the first task.
   *
   * @param directory the task's
   * @param more settings of the application
   */
  static StateStoreContext in(Path directory, Map<String, Object> more) {
    Properties settings = new Properties();
    settings.putAll(more);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    return new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0), directory.toFile()).getStateStoreContext();
  }
}
