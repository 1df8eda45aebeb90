package io.yapok.perf.internal.contestant;

import io.yapok.perf.internal.flink.FlinkBatched;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who can be measured. Each runs in a JVM of its own, with one thread on the records' path, and is ended by SIGTERM. */
public enum Contestant {
  /** Consumer, one run of the model a poll, transactional producer: what Kafka's client and ONNX Runtime allow. */
  CLIENT_LOOP("client-loop", Sink.ANSWERS),
  /** Kafka Streams from topic to topic, without a model: what most people's ground costs by itself. */
  STREAMS_PASSTHROUGH("streams-passthrough", Sink.COPIES),
  /** Kafka Streams with one run of the model a record, its tensors kept: what careful people write. */
  STREAMS_PER_RECORD("streams-per-record", Sink.ANSWERS),
  /** Flink with an operator that bundles records, checkpointed exactly-once: the strongest peer. */
  FLINK_BATCHED("flink-batched", Sink.ANSWERS),
  /** ONNX Runtime over records in memory: what the model itself allows. */
  ORT_ONLY("ort-only", Sink.NONE),
  /** Nobody: a process that only waits while the reader reads the source topic. What generator, broker and reader take by themselves; for latency alone. */
  KAFKA_ONLY("kafka-only", Sink.NONE),
  /** Kafka Streams with a persistent key-value store as it comes: one get, one put and one run of the model a record. For state alone. */
  KAFKA_STREAMS_STORE("kafka-streams-store", Sink.ANSWERS),
  /** The same with Kafka Streams' record cache above the store. For state alone. */
  KAFKA_STREAMS_STORE_CACHED("kafka-streams-store-cached", Sink.ANSWERS),
  /** Consumer, a Redis over loopback asked once and told once a poll, one run of the model a poll, producer; at least once. For state alone. */
  REDIS("redis", Sink.ANSWERS),
  /** {@code yapok run}, as anyone would start it. */
  YAPOK("yapok", Sink.ANSWERS);

  private final String label;
  private final Sink sink;

  /** What it writes. */
  private enum Sink {
    ANSWERS,
    COPIES,
    NONE
  }

  Contestant(String label, Sink sink) {
    this.label = label;
    this.sink = sink;
  }

  /** The name in reports and on the command line. */
  public String label() {
    return label;
  }

  /** Whether its results hold the model's answers, which must then be everyone's. */
  public boolean scores() {
    return sink == Sink.ANSWERS;
  }

  /** Whether it reads and writes topics. Who does not prints its figures, as {@link OrtOnly} says. */
  public boolean usesKafka() {
    return sink != Sink.NONE;
  }

  /** The contestant of this name. */
  public static Optional<Contestant> named(String label) {
    return Arrays.stream(values()).filter(contestant -> contestant.label.equals(label)).findFirst();
  }

  /** Its main class and arguments. */
  public List<String> command(Assignment assignment) {
    return switch (this) {
      case CLIENT_LOOP -> own(ClientLoop.class, assignment);
      case STREAMS_PASSTHROUGH -> own(StreamsPassthrough.class, assignment);
      case STREAMS_PER_RECORD -> own(StreamsPerRecord.class, assignment);
      case FLINK_BATCHED -> own(FlinkBatched.class, assignment);
      case ORT_ONLY -> own(OrtOnly.class, assignment);
      case KAFKA_STREAMS_STORE -> own(KafkaStreamsStore.class, assignment);
      case KAFKA_STREAMS_STORE_CACHED -> own(KafkaStreamsStore.class, assignment, KafkaStreamsStore.CACHE);
      case REDIS -> own(RedisLoop.class, assignment);
      case KAFKA_ONLY -> List.of(Nobody.class.getName());
      case YAPOK -> frontDoor(assignment);
    };
  }

  /** Options that its JVM needs beyond those that all have. */
  public List<String> jvmOptions() {
    return this == FLINK_BATCHED ? List.of("--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED") : List.of();
  }

  /** The folder under {@code perf/target} with jars that its JVM must find before the others; empty for none. */
  public Optional<String> ownJars() {
    return this == FLINK_BATCHED ? Optional.of("flink-lib") : Optional.empty();
  }

  private static List<String> own(Class<?> main, Assignment assignment, String... more) {
    List<String> command = new ArrayList<>(List.of(main.getName()));
    command.addAll(assignment.arguments());
    command.addAll(List.of(more));
    return command;
  }

  private static List<String> frontDoor(Assignment assignment) {
    return List.of(
        "io.yapok.app.Main",
        "run",
        assignment.directory().resolve(Assignment.PIPELINE).toString(),
        "--bootstrap-server", assignment.bootstrapServers(),
        "--application-id", assignment.group(),
        "--state-dir", assignment.directory().resolve("state").toString(),
        "--threads", "1",
        "--management", "none");
  }
}
