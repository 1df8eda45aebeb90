package io.yapok.topology;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * About how many keys an instance has.
 *
 * @param approximate RocksDB's estimate: keys that were put again since its last compaction may count twice
 * @param partitions that were counted, as their owner
 */
public record StateCount(long approximate, SortedSet<Integer> partitions) {
  public StateCount {
    partitions = new TreeSet<>(partitions);
  }
}
