package io.yapok.topology;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keys of an instance with what is stored under them.
 *
 * @param entries in the order of their keys' unsigned bytes
 * @param more whether there are others behind the last
 * @param partitions that were looked at, as their owner
 */
public record StateEntries(List<Entry> entries, boolean more, SortedSet<Integer> partitions) {
  public StateEntries {
    entries = List.copyOf(entries);
    partitions = new TreeSet<>(partitions);
  }

  /** A key and its value; nobody may change them. */
  public record Entry(byte[] key, byte[] value) {}
}
