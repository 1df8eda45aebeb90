package io.yapok.schemas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's settings that a pipeline's author cannot choose, because Yapok sets them or because they would break what it promises. The same list serves the
 * document's {@code kafka:} and a client configuration file.
 */
public final class OwnedKafkaKeys {
  private static final List<String> PREFIXES = List.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.", "admin.");
  private static final Map<String, Owned> KEYS = keys();

  private OwnedKafkaKeys() {}

  /**
   * Why a setting is refused.
   *
   * @param what a clause that names the key and the reason
   * @param whatToDo instead
   */
  public record Owned(String what, String whatToDo) {}

  /**
   * Whether a setting is refused; empty for one that may be passed on.
   *
   * @param key as given, with or without a client's prefix such as {@code producer.}
   */
  public static Optional<Owned> find(String key, String value) {
    String bare = withoutPrefix(key);
    return Optional.ofNullable(KEYS.get(bare))
        .map(owned -> new Owned("Yapok sets \"" + key + "\" itself: " + owned.what(), owned.whatToDo()))
        .or(() -> Optional.ofNullable(byValue(key, bare, value.strip())))
        .or(() -> ResultRegistration.refused(key, value.strip()));
  }

  /** The refused keys, without those that are refused for some values only. */
  public static Set<String> names() {
    return KEYS.keySet();
  }

  private static String withoutPrefix(String key) {
    for (String prefix : PREFIXES) {
      if (key.startsWith(prefix)) {
        return key.substring(prefix.length());
      }
    }
    return key;
  }

  private static @Nullable Owned byValue(String key, String bare, String value) {
    if (bare.equals("max.task.idle.ms") && value.equals("-1")) {
      return new Owned("\"" + key + "\" cannot be -1: batches would not wait for the records of other topics", "write 0 or more, or remove it");
    }
    if (bare.equals("acks") && !value.equals("all") && !value.equals("-1") && !value.startsWith("${")) {
      return new Owned("\"" + key + "\" cannot be " + value + ": a broker's failure would lose results", "write all, or remove it");
    }
    return null;
  }

  private static Map<String, Owned> keys() {
    Map<String, Owned> keys = new HashMap<>();
    put(keys, "it finds the state and the offsets by it", "give --application-id", "application.id", "group.id");
    put(keys, "where a pipeline runs is no part of it", "give --bootstrap-server", "bootstrap.servers");
    put(keys, "the guarantee is the pipeline's", "write delivery: at_least_once or exactly_once_v2", "processing.guarantee");
    put(keys, "the guarantee is the pipeline's", "remove it; delivery: decides", "enable.idempotence", "transactional.id", "isolation.level", "enable.auto.commit");
    put(keys, "where to begin is said when it starts", "give --from earliest or --from latest", "auto.offset.reset");
    put(keys, "the number of threads is said when it starts", "give --threads", "num.stream.threads");
    put(keys, "where state is kept is said when it starts", "give --state-dir", "state.dir");
    put(
        keys,
        "a record inside Kafka Streams is a batch, and a handler that goes on would drop all of it",
        "remove it; rejects: says what happens to bad records",
        "default.deserialization.exception.handler",
        "deserialization.exception.handler",
        "default.production.exception.handler",
        "production.exception.handler",
        "processing.exception.handler",
        "processing.exception.handler.global.enabled");
    put(
        keys,
        "a record inside Kafka Streams is a batch, and Kafka's dead-letter queue would be sent empty ones",
        "write rejects: {topic: ...}",
        "errors.dead.letter.queue.topic.name");
    put(keys, "it folds and unfolds batches there", "remove it", "interceptor.classes", "default.client.supplier");
    put(
        keys,
        "it reads and writes bytes and decodes them itself",
        "remove it; format: says what the bytes are",
        "default.key.serde",
        "default.value.serde",
        "key.serializer",
        "value.serializer",
        "key.deserializer",
        "value.deserializer");
    put(keys, "timestamps are the records' own and never negative", "remove it", "default.timestamp.extractor");
    put(keys, "what it buffers are batches, and more of them would undo back-pressure", "write batch: {records: ...}", "buffered.records.per.partition");
    put(keys, "where an instance is asked for its state is said when it starts", "give --advertise HOST:PORT", "application.server");
    put(keys, "state lives in compacted topics, and another policy would delete it", "remove it", "topic.cleanup.policy");
    put(keys, "state's memory is bounded for all stores together", "remove it", "rocksdb.config.setter");
    put(keys, "records of one key stay in order by it", "remove it", "partition.assignment.strategy", "partitioner.class");
    return Map.copyOf(keys);
  }

  private static void put(Map<String, Owned> keys, String reason, String whatToDo, String... names) {
    for (String name : names) {
      keys.put(name, new Owned(reason, whatToDo));
    }
  }
}
