package io.yapok.perf.internal.contestant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who can be measured. Each runs in a JVM of its own, with one thread on the records' path, and is ended by SIGTERM. */
public enum Contestant {
  /** Consumer, one run of the model a poll, transactional producer: what Kafka's client and ONNX Runtime allow. */
  CLIENT_LOOP("client-loop", true),
  /** Kafka Streams from topic to topic, without a model: what most people's ground costs by itself. */
  STREAMS_PASSTHROUGH("streams-passthrough", false),
  /** {@code yapok run}, as anyone would start it. */
  YAPOK("yapok", true);

  private final String label;
  private final boolean scores;

  Contestant(String label, boolean scores) {
    this.label = label;
    this.scores = scores;
  }

  /** The name in reports and on the command line. */
  public String label() {
    return label;
  }

  /** Whether its results hold the model's answers, which must then be everyone's. */
  public boolean scores() {
    return scores;
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
      case YAPOK -> frontDoor(assignment);
    };
  }

  private static List<String> own(Class<?> main, Assignment assignment) {
    List<String> command = new ArrayList<>(List.of(main.getName()));
    command.addAll(assignment.arguments());
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
