package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.workload.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What every measure beside throughput is told.
 *
 * @param records if the user said so; each measure has a number of its own
 * @param runs if the user said so
 * @param commitIntervalMillis of all contestants
 * @param delivery {@code exactly_once_v2} or {@code at_least_once}
 * @param jvmOptions for the contestants' JVMs, over those that Yapok ships
 * @param rate records a second; empty where the measure finds one
 * @param directory an empty one, the caller's to delete
 * @param progress takes a line now and then
 */
public record MeasureSettings(
    Workload workload,
    OptionalInt records,
    OptionalInt runs,
    long commitIntervalMillis,
    String delivery,
    List<String> jvmOptions,
    OptionalLong rate,
    Path directory,
    Consumer<String> progress) {
  public MeasureSettings {
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** The options that Yapok ships, and those of this measurement over them. */
  public List<String> allJvmOptions() {
    List<String> all = new ArrayList<>(JvmOptions.shipped());
    all.addAll(jvmOptions);
    return all;
  }
}
