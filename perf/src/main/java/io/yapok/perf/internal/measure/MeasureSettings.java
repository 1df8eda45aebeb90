package io.yapok.perf.internal.measure;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What every measure beside throughput is told.
 *
 * @param records if the user said so; each measure has a number of its own
 * @param runs if the user said so
 * @param commitIntervalMillis of all contestants
 * @param jvmOptions for the contestants' JVMs, over those that Yapok ships
 * @param rate records a second; empty where the measure finds one
 * @param warmUp at the rate, before what is measured; if the user said so
 * @param latenessBound what a generator's 99th percentile may be late before a run is invalid
 * @param directory an empty one, the caller's to delete
 * @param progress takes a line now and then
 */
public record MeasureSettings(
    Workload workload,
    OptionalInt records,
    OptionalInt runs,
    long commitIntervalMillis,
    Delivery delivery,
    List<String> jvmOptions,
    OptionalLong rate,
    Optional<Duration> warmUp,
    Duration latenessBound,
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

  /** Puts the model and the pipeline document into a contestant's directory, and says what the contestant is to do; its group has the sink's name. */
  public Assignment assign(String bootstrapServers, String source, String sink, Path own) throws IOException {
    Assignment assignment = new Assignment(bootstrapServers, source, sink, sink, workload.name(), own, commitIntervalMillis, delivery);
    workload.writeModel(own);
    Files.writeString(own.resolve(Assignment.PIPELINE), workload.pipeline(source, sink, commitIntervalMillis) + "delivery: " + delivery.documentName() + "\n");
    return assignment;
  }
}
