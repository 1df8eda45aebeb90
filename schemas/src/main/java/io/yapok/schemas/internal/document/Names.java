package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What things may be called. Each method takes what may be absent, and gives it back, or null after reporting it. */
final class Names {
  private static final Pattern PIPELINE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** Kafka's own topics; a record of ours in them would stop the cluster's coordinators. */
  private static final Set<String> KAFKA_TOPICS = Set.of("__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");

  /** What the expression language keeps for itself, and the words by which expressions tell fields, state and results apart. */
  private static final Set<String> RESERVED =
      Set.of(
          "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
          "return", "var", "void", "while", "input", "out", "state");

  private final Words words;

  Names(Words words) {
    this.words = words;
  }

  @Nullable Located<String> pipeline(@Nullable Located<String> name) {
    return matching(name, PIPELINE, "a pipeline's name", "use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or a digit");
  }

  @Nullable Located<String> step(@Nullable Located<String> name) {
    return matching(name, PIPELINE, "a step's name", "use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or a digit");
  }

  @Nullable Located<String> topic(@Nullable Located<String> topic) {
    if (topic != null && (topic.value().equals(".") || topic.value().equals("..") || KAFKA_TOPICS.contains(topic.value()))) {
      words.problem("\"" + topic + "\" is not a topic for records", topic.where(), "name another topic");
      return null;
    }
    return matching(topic, TOPIC, "a topic's name", "use 1 to 249 of A-Z a-z 0-9 . _ -");
  }

  /** A name that expressions can use. */
  @Nullable Located<String> identifier(@Nullable Located<String> name, String noun) {
    if (name != null && RESERVED.contains(name.value())) {
      words.problem("\"" + name + "\" is reserved in expressions", name.where(), "choose another name");
      return null;
    }
    return matching(name, IDENTIFIER, noun, "use at most 100 of A-Z a-z 0-9 _ and do not begin with a digit");
  }

  /** The dotted path of a field. */
  @Nullable Located<String> path(@Nullable Located<String> path) {
    if (path != null && Arrays.stream(path.value().split("\\.", -1)).anyMatch(name -> name.isEmpty() || !name.equals(name.strip()))) {
      words.problem("\"" + path + "\" is not a field's path", path.where(), "write names with single dots between them, such as customer.age");
      return null;
    }
    return path;
  }

  private @Nullable Located<String> matching(@Nullable Located<String> name, Pattern pattern, String noun, String whatToDo) {
    if (name != null && !pattern.matcher(name.value()).matches()) {
      words.problem("\"" + name + "\" is not " + noun, name.where(), whatToDo);
      return null;
    }
    return name;
  }
}
