package io.yapok.topology.internal;

import io.yapok.schemas.StateSpec;
import io.yapok.state.LateCounts;
import io.yapok.state.StateStores;
import io.yapok.state.StateTable;
import io.yapok.topology.Memory;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What a pipeline remembers, as a state store of its topology. Which features are kept may change while the application runs; whether there is a store may not. */
public final class MemoryStore {
  private final String name;
  private final boolean used;
  private final LateCounts lateValues;

  MemoryStore(String name, StateSpec spec, LateCounts lateValues) {
    this.name = name;
    this.used = !spec.isEmpty();
    this.lateValues = lateValues;
  }

  /** The stores to attach; none for a pipeline without state. */
  Set<StoreBuilder<?>> builders() {
    return used ? Set.of(StateStores.writtenBehind(name)) : Set.of();
  }

  /** A task's memory, over its own partition of the store, which the task owns. */
  Memory open(ProcessorContext<?, ?> context) {
    if (!used) {
      return Memory.NONE;
    }
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
    return new TableMemory(StateTable.of(store), lateValues);
  }
}
