package io.yapok.perf.internal.profile;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedFrame;

/** Whose code a stack trace is in: that of the innermost frame that belongs to one of these, the first of them that it belongs to. */
enum Part {
  COMMIT("Kafka's producer, flush and commit", "org\\.apache\\.kafka\\.clients\\.producer\\.KafkaProducer\\.(flush|sendOffsetsToTransaction|commitTransaction)"),
  SEND("Kafka's producer, send", "org\\.apache\\.kafka\\.clients\\.producer\\.KafkaProducer\\.(send|doSend)"),
  SENDER("Kafka's producer, its network thread", "org\\.apache\\.kafka\\.clients\\.producer\\.internals\\.Sender\\.run"),
  POLL("Kafka's consumer, poll", "org\\.apache\\.kafka\\.clients\\.consumer\\.KafkaConsumer\\.poll"),
  MODEL("ONNX Runtime", "ai\\.onnxruntime\\..*"),
  PEER("the contestant's own code", "io\\.yapok\\.perf\\..*"),
  YAPOK("Yapok", "io\\.yapok\\..*"),
  STREAMS("Kafka Streams", "org\\.apache\\.kafka\\.streams\\..*"),
  OTHER("everything else", "");

  private final String label;
  private final Pattern methods;

  Part(String label, String methods) {
    this.label = label;
    this.methods = Pattern.compile(methods);
  }

  String label() {
    return label;
  }

  /** Of frames from the innermost outwards. */
  static Part of(List<RecordedFrame> frames) {
    return ofMethods(frames.stream().map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName()));
  }

  /** Of methods, as {@code package.Class.method}, from the innermost outwards. */
  static Part ofMethods(Stream<String> methods) {
    return methods.map(Part::named).filter(part -> part != OTHER).findFirst().orElse(OTHER);
  }

  private static Part named(String method) {
    return Arrays.stream(values()).filter(part -> part.methods.matcher(method).matches()).findFirst().orElse(OTHER);
  }
}
