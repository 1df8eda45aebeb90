package io.yapok.topology.internal;

import io.yapok.state.StateMemory;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What an application keeps of its pipeline's state beside its tasks.
 *
 * @param memory of the stores, to be closed after the application
 * @param files on this machine's disk; empty for a pipeline without state
 * @param wiring which store there is
 * @param partitions of the source topic
 */
public record KeptState(StateMemory memory, Optional<LocalState> files, Wiring wiring, int partitions) {
  /** The store, for whoever looks into it. */
  public StateStore store(KafkaStreams streams) {
    return new StateStore(streams, wiring, partitions);
  }
}
