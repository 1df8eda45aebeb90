package io.yapok.perf.internal.start;

import java.util.Optional;

/**
 * One start.
 *
 * @param millis from before the process was made to when a reader had the first result
 * @param cpuMillis processor time of the process in that time, by all of its threads
 * @param startNanos of {@link System#nanoTime} before the process was made
 * @param endNanos when the reader had the first result
 * @param trace empty for a run whose JVM wrote none
 */
record StartRun(double millis, double cpuMillis, long startNanos, long endNanos, Optional<StartTrace> trace) {}
