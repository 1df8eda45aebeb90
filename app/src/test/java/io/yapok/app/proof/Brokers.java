package io.yapok.app.proof;

import io.yapok.embedded.KafkaProcess;
import java.nio.file.Path;

/** Brokers in JVMs of their own. */
final class Brokers {
  private Brokers() {}

  /**
   * One broker.
   *
   * @param scanMillis how often it looks for transactions whose time is up; Kafka's own is 10,000
   */
  static KafkaProcess one(Path directory, int scanMillis) {
    return KafkaProcess.builder().dataDirectory(directory.resolve("kafka")).log(directory.resolve("kafka.log")).setting(Bound.SCAN_INTERVAL, Integer.toString(scanMillis)).jvmOption("-XX:TieredStopAtLevel=1").start();
  }
}
