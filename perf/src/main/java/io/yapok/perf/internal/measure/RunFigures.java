package io.yapok.perf.internal.measure;

/**
 * What one run of one contestant came to.
 *
 * @param recordsPerSecond committed, after warm-up
 * @param cpuMicrosPerRecord processor time of the whole process in that time: its threads, its garbage collector, its compiler
 * @param rssMegabytes the most resident memory it ever had, in 10^6 bytes; NaN where the system does not say
 */
public record RunFigures(double recordsPerSecond, double cpuMicrosPerRecord, double rssMegabytes) {}
