package io.yapok.topology.internal;

import io.yapok.schemas.PipelineTable;
import io.yapok.state.RowChanges;
import io.yapok.state.StateStores;
import io.yapok.state.TableRows;
import io.yapok.topology.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The tables that a pipeline joins, as state stores of its topology: one a topic. A store's name says what is in it, so that a table that begins to keep versions
 * does not find rows of the other kind in its changelog.
 */
final class JoinedStores {
  private final List<PipelineTable> tables;

  /** What the thread that fills the global stores tells the stream threads, by topic. */
  private final Map<String, RowChanges> globalChanges = new HashMap<>();

  JoinedStores(List<PipelineTable> tables) {
    this.tables = tables;
    tables.stream().filter(PipelineTable::global).forEach(table -> globalChanges.put(table.topic().value(), new RowChanges()));
  }

  /** The tables that are partitioned as the source is. */
  List<PipelineTable> partitioned() {
    return tables.stream().filter(table -> !table.global()).toList();
  }

  /** The topics of which every instance has all. */
  Set<String> globalTopics() {
    return globalChanges.keySet();
  }

  /** The stores to attach to the processor that joins. */
  Set<StoreBuilder<?>> builders() {
    Set<StoreBuilder<?>> builders = new HashSet<>();
    partitioned().forEach(table -> builders.add(StateStores.persistent(storeName(table))));
    return builders;
  }

  static String storeName(PipelineTable table) {
    return switch (table.asOf()) {
      case LATEST -> (table.global() ? "global-" : "table-") + table.topic();
      case RECORD -> "history-" + table.topic();
    };
  }

  /**
   * A store of all of a topic. On disk: the heap has room for the rows that are used often, which are kept decoded, and an instance that starts again reads only what has
   * changed. The topic itself is the changelog.
   */
  StoreBuilder<KeyValueStore<Bytes, byte[]>> globalBuilder(String topic) {
    return StateStores.persistent("global-" + topic).withLoggingDisabled();
  }

  /** The rows of a global topic, for the thread that fills them. */
  TableRows openGlobal(ProcessorContext<?, ?> context, String topic) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore("global-" + topic);
    return TableRows.latest(store, Objects.requireNonNull(globalChanges.get(topic)));
  }

  /** A task's tables: its own partitions of those that are partitioned, and all of the global ones. The task owns the stores. */
  Opened open(ProcessorContext<?, ?> context) {
    Map<String, TableRows> byTopic = new HashMap<>();
    tables.forEach(table -> byTopic.computeIfAbsent(table.topic().value(), topic -> table.global() ? openGlobal(context, topic) : openOwn(context, table)));
    return new Opened(byTopic);
  }

  private static TableRows openOwn(ProcessorContext<?, ?> context, PipelineTable table) {
    return switch (table.asOf()) {
      case LATEST -> TableRows.latest(context.getStateStore(storeName(table)), new RowChanges());
      case RECORD -> TableRows.versioned(context.getStateStore(storeName(table)), table.history());
    };
  }

  /** The rows of a task's tables by their topics. */
  record Opened(Map<String, TableRows> byTopic) implements Tables {
    @Override
    public TableRows rows(PipelineTable table) {
      return ofTopic(table.topic().value());
    }

    TableRows ofTopic(String topic) {
      return Objects.requireNonNull(byTopic.get(topic), topic);
    }
  }
}
