package io.yapok.topology;

import java.util.Collection;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an instance has to say about a key.
 *
 * @param value as it is stored, or null where there is none; nobody may change it
 * @param from who said so, and with that how much it is worth
 * @param partitions of the state that were looked at in this instance as their owner
 * @param lag of a standby's answer: so many changes had been written that it had not read; empty if that is not known, or the answer is no standby's
 */
public record StateAnswer(byte @Nullable [] value, From from, SortedSet<Integer> partitions, OptionalLong lag) {
  public StateAnswer {
    partitions = new TreeSet<>(partitions);
  }

  /** The owners of these partitions, which are all where the key could be, say that nothing is remembered about it. */
  public static StateAnswer absent(Collection<Integer> partitions) {
    return new StateAnswer(null, From.OWNER, new TreeSet<>(partitions), OptionalLong.empty());
  }

  /** Who answered. */
  public enum From {
    /** The instance that works on the key's partition: as of the last batch, which may not be committed yet. Without a value: nothing is remembered about the key. */
    OWNER,
    /** An instance that follows the owner: what was committed a moment ago. */
    STANDBY,
    /** An instance that has not got all partitions where the key could be. Without a value this means nothing but that it is not here. */
    LOCAL
  }
}
