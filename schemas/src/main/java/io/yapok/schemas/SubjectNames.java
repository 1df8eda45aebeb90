package io.yapok.schemas;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Under which subject a registry has the schema of a topic's values: Confluent's three strategies. */
public enum SubjectNames {
  TOPIC("TopicNameStrategy"),
  RECORD("RecordNameStrategy"),
  TOPIC_AND_RECORD("TopicRecordNameStrategy");

  private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

  private final String label;

  SubjectNames(String label) {
    this.label = label;
  }

  /** The strategy of a name: that of Confluent's class, with or without its package. */
  public static Optional<SubjectNames> named(String name) {
    return Arrays.stream(values()).filter(one -> name.equals(one.label) || name.equals(PACKAGE + one.label)).findFirst();
  }

  /** All names, for messages. */
  static String labels() {
    return Arrays.stream(values()).map(SubjectNames::label).collect(Collectors.joining(", "));
  }

  /** Its short name. */
  public String label() {
    return label;
  }

  /**
   * The subject.
   *
   * @param record the full name of the record type
   */
  public String subject(String topic, String record) {
    return switch (this) {
      case TOPIC -> topic + "-value";
      case RECORD -> record;
      case TOPIC_AND_RECORD -> topic + "-" + record;
    };
  }

  /** The subject of a topic's values, whatever their record type; empty where it depends on that. */
  public Optional<String> subject(String topic) {
    return this == TOPIC ? Optional.of(subject(topic, "")) : Optional.empty();
  }
}
