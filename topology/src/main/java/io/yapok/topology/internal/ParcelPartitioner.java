package io.yapok.topology.internal;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a single result to the partition that was chosen for it. A batch stands for records that each have their own. */
final class ParcelPartitioner implements StreamPartitioner<byte[], Parcel> {
  @Override
  public Optional<Set<Integer>> partitions(String topic, byte[] key, Parcel parcel, int partitions) {
    if (parcel instanceof Parcel.OutgoingRecord(_, var chosen) && chosen != null) {
      return Optional.of(Set.of(chosen));
    }
    return Optional.empty();
  }
}
