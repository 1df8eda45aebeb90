package io.yapok.app.internal.demo;

import java.io.StringWriter;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * How the demo ended.
 *
 * @param in records that the brokers acknowledged to the producer
 * @param out results that a read_committed reader saw
 * @param rejected dead-letter records that the same reader saw
 * @param dropped records that the pipeline counted as dropped, with a reason
 * @param recordsPerSecond answered in the measured part
 * @param latencyMicros from intended send to receipt, measured part only
 */
public record DemoReport(
    long in, long out, long rejected, long dropped, double recordsPerSecond, Histogram latencyMicros, long frauds, long flagged, long caught, double producerLateMillis) {

  /** Whether everything that came in is accounted for. */
  public boolean balances() {
    return in == out + rejected + dropped;
  }

  /** One JSON object on one line. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("in", in);
      json.writeNumberProperty("out", out);
      json.writeNumberProperty("rejected", rejected);
      json.writeNumberProperty("dropped", dropped);
      json.writeNumberProperty("records_per_second", Math.round(recordsPerSecond));
      json.writeObjectPropertyStart("latency_ms");
      json.writeNumberProperty("p50", latencyMicros.getValueAtPercentile(50) / 1000.0);
      json.writeNumberProperty("p99", latencyMicros.getValueAtPercentile(99) / 1000.0);
      json.writeNumberProperty("max", latencyMicros.getMaxValue() / 1000.0);
      json.writeEndObject();
      json.writeNumberProperty("producer_late_max_ms", producerLateMillis);
      json.writeObjectPropertyStart("frauds");
      json.writeNumberProperty("made", frauds);
      json.writeNumberProperty("flagged", flagged);
      json.writeNumberProperty("caught", caught);
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  /** A few lines for a person. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        """
        in %,d = out %,d + rejected %,d + dropped %,d%s
        %,.0f records/s; latency p50 %.1f ms, p99 %.1f ms, max %.1f ms, from intended send to read_committed receipt, after warm-up
        frauds: %,d made, %,d caught, %,d flagged in all""",
        in, out, rejected, dropped, balances() ? "" : "   DOES NOT ADD UP",
        recordsPerSecond, latencyMicros.getValueAtPercentile(50) / 1000.0, latencyMicros.getValueAtPercentile(99) / 1000.0, latencyMicros.getMaxValue() / 1000.0,
        frauds, caught, flagged);
  }
}
