package io.yapok.topology.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes the processor of each task, with the stores that it uses.
 *
 * @param repartitioned whether records come through the repartition topic of {@code source.key}
 * @param results the child node that results go to
 * @param rejects the child node that rejects go to
 */
public record ScoreSupplier(Engine engine, boolean repartitioned, MemoryStore store, JoinedStores tables, String results, String rejects)
    implements ProcessorSupplier<byte[], Parcel, byte[], Parcel> {

  /** A supplier for a user's stream, where one topology may hold several pipelines: the state store carries this one's name. */
  public static ScoreSupplier inUserStream(Engine engine, String name, String results, String rejects) {
    return new ScoreSupplier(engine, false, new MemoryStore(name + "-state", engine.pipeline().current().state(), engine.counters().lateValues()), new JoinedStores(List.of()), results, rejects);
  }

  @Override
  public Processor<byte[], Parcel, byte[], Parcel> get() {
    return new PipelineProcessor(engine, repartitioned, store::open, tables, results, rejects);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> builders = new HashSet<>(store.builders());
    builders.addAll(tables.builders());
    return builders;
  }
}
