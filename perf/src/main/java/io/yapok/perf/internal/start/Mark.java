package io.yapok.perf.internal.start;

import java.util.Arrays;
import java.util.Optional;

/**
 * Moments of a start, each seen when the JVM initializes the class that is used there for the first time. The JVM tells of that itself, so the code under
 * measurement holds no clocks; classes of Kafka's responses tell when an answer of the broker was read.
 */
enum Mark {
  JVM("JVM is up", ""),
  MAIN("main", "io/yapok/app/Main"),
  COMMAND_LINE("command line read", "io/yapok/topology/Pipeline"),
  COMPILED("document and model compiled", "io/yapok/topology/Yapok"),
  CHECKED("topics checked", "io/yapok/topology/internal/Wiring"),
  BUILT("Kafka Streams built", "io/yapok/app/internal/metrics/PipelineMetrics"),
  JOINED("group joined", "org/apache/kafka/common/requests/SyncGroupResponse"),
  TASKS("tasks ready", "io/yapok/topology/internal/Outlet"),
  POLLED("first batch polled", "io/yapok/topology/internal/Incoming"),
  PRODUCED("first result written", "org/apache/kafka/common/requests/ProduceResponse"),
  COMMITTED("first commit", "org/apache/kafka/common/requests/EndTxnResponse");

  private final String label;
  private final String className;

  Mark(String label, String className) {
    this.label = label;
    this.className = className;
  }

  String label() {
    return label;
  }

  /** The mark that the initialization of this class is; empty for most classes. */
  static Optional<Mark> of(String className) {
    return Arrays.stream(values()).filter(mark -> mark.className.equals(className)).findFirst();
  }
}
