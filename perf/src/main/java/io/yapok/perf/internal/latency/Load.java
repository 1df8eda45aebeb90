package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.ChildJvm;

/**
 * One run under load.
 *
 * @param name of the run, unlike any other of the measurement: it names topics, the group and files
 * @param perSecond records a second; 0 is as fast as they can be sent
 * @param warmUp records before those that are measured
 */
public record Load(String name, Contestant contestant, long perSecond, int warmUp, int measured) {
  /** Told of the run's two ends, on the reader's thread, so it should be quick. */
  public interface Observer {
    /** For runs that nobody observes. */
    Observer NONE = child -> {};

    /** The first measured result has come. */
    void measuring(ChildJvm child);

    /** The last result has come; the contestant still runs. */
    default void measured(ChildJvm child) {}
  }
}
