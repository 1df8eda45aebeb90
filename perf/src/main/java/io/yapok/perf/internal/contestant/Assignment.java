package io.yapok.perf.internal.contestant;

import java.nio.file.Path;
import java.util.List;

/**
 * What a contestant is told, as its command line.
 *
 * @param group the consumer group that it commits its progress under
 * @param directory its own, with the workload's model and {@link #PIPELINE} in it
 * @param commitIntervalMillis how long it may go on between two commits
 * @param delivery with or without transactions
 */
public record Assignment(String bootstrapServers, String source, String sink, String group, String workload, Path directory, long commitIntervalMillis, Delivery delivery) {
  /** The pipeline document's file name. */
  public static final String PIPELINE = "pipeline.yaml";

  private static final int ARGUMENTS = 8;

  /** What {@link #parse} reads. */
  public List<String> arguments() {
    return List.of(bootstrapServers, source, sink, group, workload, directory.toString(), Long.toString(commitIntervalMillis), delivery.documentName());
  }

  /** In the contestant's JVM: what it was told. */
  public static Assignment parse(String[] arguments) {
    if (arguments.length != ARGUMENTS) {
      throw new IllegalArgumentException("a contestant takes BOOTSTRAP SOURCE SINK GROUP WORKLOAD DIRECTORY COMMIT_MS DELIVERY");
    }
    return new Assignment(
        arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], Path.of(arguments[5]), Long.parseLong(arguments[6]), Delivery.named(arguments[7]).orElseThrow());
  }
}
