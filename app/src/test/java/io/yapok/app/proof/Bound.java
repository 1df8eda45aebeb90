package io.yapok.app.proof;

import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.internal.Engine;
import io.yapok.topology.internal.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the median recovery from a kill must stay below: the dead member is noticed after the session time-out; its open transaction, which holds readers up and may hold offsets too, is aborted when its time
 * is up and the broker looks. The first two are the engine's own settings.
 */
record Bound(double sessionTimeout, double transactionTimeout, double scanInterval) {
  /** The broker's setting of how often it looks. */
  static final String SCAN_INTERVAL = "transaction.abort.timed.out.transaction.cleanup.interval.ms";

  private static final double MARGIN = 4;

  /** The bound of a pipeline on a broker that looks so often. */
  static Bound of(Path document, int scanMillis) {
    try (Pipeline pipeline = Pipeline.load(document)) {
      var engine = new Engine(pipeline);
      var settings = new Settings(pipeline.document(), Map.of(), StreamOptions.of("nowhere:1", "bound")).build(engine.folding(Set.of()), engine.pace(), OptionalInt.empty());
      return new Bound(seconds(settings.get("session.timeout.ms")), seconds(settings.get("producer.transaction.timeout.ms")), scanMillis / 1000.0);
    }
  }

  private static double seconds(Object millis) {
    return ((Number) millis).doubleValue() / 1000;
  }

  double seconds() {
    return Math.max(sessionTimeout, transactionTimeout + scanInterval) + MARGIN;
  }

  /** When a member that stands still has been given up, and its transaction aborted. */
  double givenUpSeconds() {
    return Math.max(sessionTimeout, transactionTimeout + scanInterval);
  }

  String text() {
    return "max(session time-out " + sessionTimeout + " s, transaction time-out " + transactionTimeout + " s + scan interval " + scanInterval + " s) + " + MARGIN + " s";
  }
}
