package io.yapok.perf.internal.profile;

import java.util.Arrays;
import java.util.List;
import jdk.jfr.consumer.RecordedFrame;

/** Whose code a stack trace is in: that of the innermost frame that belongs to one of these. */
enum Part {
  SEND("Kafka's producer, send", "org.apache.kafka.clients.producer.KafkaProducer.send"),
  SENDER("Kafka's producer, its network thread", "org.apache.kafka.clients.producer.internals.Sender.run"),
  COMMIT("Kafka's producer, commit", "org.apache.kafka.streams.processor.internals.StreamsProducer.commitTransaction"),
  POLL("Kafka's consumer, poll", "org.apache.kafka.clients.consumer.KafkaConsumer.poll"),
  MODEL("ONNX Runtime", "ai.onnxruntime."),
  YAPOK("Yapok", "io.yapok."),
  STREAMS("Kafka Streams", "org.apache.kafka.streams."),
  OTHER("everything else", "");

  private final String label;
  private final String prefix;

  Part(String label, String prefix) {
    this.label = label;
    this.prefix = prefix;
  }

  String label() {
    return label;
  }

  /** Of frames from the innermost outwards. */
  static Part of(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String method = frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
      Part part = named(method);
      if (part != OTHER) {
        return part;
      }
    }
    return OTHER;
  }

  /** The part that a method, as {@code package.Class.method}, stands for. */
  static Part named(String method) {
    return Arrays.stream(values()).filter(part -> method.startsWith(part.prefix)).findFirst().orElse(OTHER);
  }
}
