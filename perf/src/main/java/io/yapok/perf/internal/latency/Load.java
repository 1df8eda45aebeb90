package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.ChildJvm;

/**
 * One run under load.
 *
 * @param name of the run, unlike any other of the measurement: it names topics, the group and files
 * @param sentAhead records that are sent as fast as they go before the schedule begins: the compilers of all the JVMs have then done most of their work, which would
 *     otherwise take half of a small machine for the first minute of a slow schedule
 * @param perSecond records a second; 0 is as fast as they can be sent
 * @param warmUp records before those that are measured
 */
public record Load(String name, Contestant contestant, int sentAhead, long perSecond, int warmUp, int measured) {
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
