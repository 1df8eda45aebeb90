package io.yapok.topology.internal;

import io.yapok.schemas.Located;
import io.yapok.schemas.OwnedKafkaKeys;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineTable;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.SchemaRegistry;
import io.yapok.schemas.Where;
import io.yapok.topology.StreamOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka Streams' configuration for a pipeline: our defaults, over them the document's {@code kafka:} and what the caller gives, over those what the engine needs
 * to be right. Built once, before the start.
 */
public final class Settings {
  private static final Where GIVEN = Where.of("the Kafka configuration");
  private static final String MAIN = StreamsConfig.MAIN_CONSUMER_PREFIX;
  private static final String PRODUCER = StreamsConfig.PRODUCER_PREFIX;
  private static final String INTERCEPTORS = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;
  private static final List<String> INTERCEPTOR_KEYS = List.of(MAIN + INTERCEPTORS, StreamsConfig.CONSUMER_PREFIX + INTERCEPTORS, INTERCEPTORS);

  /** A batch waiting in a partition's queue is a whole batch: more of them would be memory, not speed. */
  private static final int WAITING_BATCHES = 2;

  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(8);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration SHORTEST_TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
  private static final int BATCHES_BETWEEN_COMMITS = 50;
  private static final int MAX_POLL_INTERVAL_MS = 300_000;

  /** So much is restored in less than half a second: not worth waiting for another rebalance, and a standby of a busy task may be behind by it at any time. */
  private static final long ACCEPTABLE_RECOVERY_LAG = 100_000;

  private static final int MAX_WARM_UPS = 4;

  /** The least that Kafka Streams takes. */
  private static final long PROBING_INTERVAL_MS = 60_000;

  /** Compaction leaves the segment alone that is written to, and whoever restores reads all of it. */
  private static final int CHANGELOG_SEGMENT_BYTES = 64 << 20;

  private final PipelineDocument document;
  private final StreamOptions options;
  private final Map<String, Object> user;

  /**
   * Settings for a pipeline.
   *
   * @param given the caller's, over the document's; values may name config providers, as {@code ${env:NAME}}
   * @throws ProblemsException with every setting that is refused, and why
   */
  public Settings(PipelineDocument document, Map<String, ?> given, StreamOptions options) {
    this.document = document;
    this.options = options;
    Map<String, Object> merged = new LinkedHashMap<>();
    document.kafka().values().forEach((key, value) -> merged.put(key, value.value()));
    merged.putAll(given);
    refuseOwned(document, given);
    this.user = resolve(merged);
  }

  private static void refuseOwned(PipelineDocument document, Map<String, ?> given) {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, Located<String>> entry : document.kafka().values().entrySet()) {
      check(entry.getKey(), entry.getValue().value(), entry.getValue().where(), problems);
    }
    for (Map.Entry<String, ?> entry : given.entrySet()) {
      check(entry.getKey(), String.valueOf(entry.getValue()), GIVEN.entry(entry.getKey()), problems);
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static void check(String key, String value, Where where, List<Problem> problems) {
    if (!INTERCEPTOR_KEYS.contains(key)) {
      OwnedKafkaKeys.find(key, value).ifPresent(owned -> problems.add(new Problem(owned.what(), where, owned.whatToDo())));
    }
  }

  /** Puts in what config providers have: {@code env} and {@code file} unless the user names others. */
  private static Map<String, Object> resolve(Map<String, Object> merged) {
    Map<String, Object> raw = new HashMap<>(merged);
    if (!raw.containsKey("config.providers")) {
      raw.put("config.providers", "env,file,dir");
      raw.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
      raw.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
      raw.put("config.providers.dir.class", "org.apache.kafka.common.config.provider.DirectoryConfigProvider");
    }
    Map<String, Object> resolved;
    try {
      resolved = new AbstractConfig(new ConfigDef(), raw, Map.of(), false).originals();
    } catch (ConfigException e) {
      throw new ProblemsException(new Problem("a value could not be looked up (" + e.getMessage() + ")", GIVEN, "check config.providers and what they read"));
    }
    resolved.keySet().removeIf(key -> key.startsWith("config.providers"));
    refuseUnresolved(resolved);
    return resolved;
  }

  private static void refuseUnresolved(Map<String, Object> resolved) {
    List<Problem> problems =
        resolved.entrySet().stream()
            .filter(entry -> entry.getValue() instanceof String text && text.matches("(?s).*\\$\\{[a-z]+:[^}]*}.*"))
            .map(entry -> new Problem("\"" + entry.getKey() + "\" names a value that is not there", GIVEN, "set the variable or file that it names"))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  /**
   * The whole configuration.
   *
   * @param standbys copies of each partition's state that other instances keep up to date; empty for a pipeline without state
   */
  public Map<String, Object> build(Folding folding, Pace pace, OptionalInt standbys) {
    Map<String, Object> all = new HashMap<>(defaults(pace));
    standbys.ifPresent(count -> all.putAll(stateDefaults(count)));
    all.keySet().removeIf(this::isGiven);
    all.putAll(user);
    all.keySet().removeIf(SchemaRegistry::owns);
    INTERCEPTOR_KEYS.forEach(all::remove);
    all.put(MAIN + INTERCEPTORS, interceptors());
    all.put(MAIN + FoldingInterceptor.FOLDING_CONFIG, folding);
    all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, options.applicationId());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, WAITING_BATCHES);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, NeverNegativeTimestamp.class);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, options.from().name().toLowerCase(Locale.ROOT));
    if (options.stateDirectory() != null) {
      all.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDirectory().toString());
    }
    if (options.advertised() != null) {
      all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, options.advertised());
    }
    return all;
  }

  /** Whether the user sets what a default of ours sets, by a more general key: to Kafka the more special one would win. */
  private boolean isGiven(String key) {
    String bare = key.substring(key.startsWith(MAIN) ? MAIN.length() : key.startsWith(PRODUCER) ? PRODUCER.length() : 0);
    return user.containsKey(bare) || (key.startsWith(MAIN) && user.containsKey(StreamsConfig.CONSUMER_PREFIX + bare));
  }

  /** What clients of our own, such as the start-up check's, connect with. */
  public Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>();
    user.forEach((key, value) -> settings.put(key.startsWith("admin.") ? key.substring("admin.".length()) : key, value));
    settings.keySet().removeIf(SchemaRegistry::owns);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.bootstrapServers());
    return settings;
  }

  /**
   * The registry that the schemas of records and results are in, which is the caller's to close; empty where their formats have none.
   *
   * @throws ProblemsException if it has one and none is named, or its settings are refused
   */
  public Optional<SchemaRegistry> registry() {
    if (!document.usesAvro()) {
      return Optional.empty();
    }
    if (!user.containsKey(SchemaRegistry.URL)) {
      Where where = firstInAvro();
      throw new ProblemsException(new Problem("records in Avro name schemas of a registry, and none is given", where, "write kafka: {" + SchemaRegistry.URL + ": \"http://...\"}"));
    }
    return Optional.of(SchemaRegistry.of(SchemaRegistry.settingsIn(user)));
  }

  private Where firstInAvro() {
    Stream<PipelineTable> tables = document.tables().stream().filter(table -> table.format() == PipelineDocument.Format.AVRO);
    Where otherwise = tables.findFirst().map(PipelineTable::where).orElse(document.sink().where());
    return document.source().format() == PipelineDocument.Format.AVRO ? document.source().where() : otherwise;
  }

  /** The largest record that the producer sends, in bytes. */
  public int maxRequestBytes() {
    return Math.min(ofProducer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1 << 20), ofProducer(ProducerConfig.BUFFER_MEMORY_CONFIG, 32 << 20));
  }

  private int ofProducer(String key, int otherwise) {
    return number(PRODUCER + key, number(key, otherwise));
  }

  private int number(String key, int otherwise) {
    Object value = user.get(key);
    return value == null ? otherwise : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value.toString().strip()));
  }

  private boolean exactlyOnce() {
    return document.delivery() == PipelineDocument.Delivery.EXACTLY_ONCE_V2;
  }

  private Map<String, Object> defaults(Pace pace) {
    Map<String, Object> defaults = new HashMap<>();
    // Results under exactly-once are seen at a commit, so this is the larger part of latency; at least once nobody waits for it.
    defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, exactlyOnce() ? 10L : 200L);
    // Kafka Streams' own is 100: results would wait for company that has already come with their batch.
    defaults.put(PRODUCER + ProducerConfig.LINGER_MS_CONFIG, 1);
    defaults.put(PRODUCER + ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    // The first send of a transaction is turned away (CONCURRENT_TRANSACTIONS) until the markers of the one before are written. Kafka's default of 100 ms before
    // the next try would be the time that a commit costs; from here on it doubles up to retry.backoff.max.ms.
    defaults.put(PRODUCER + ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 2L);
    defaults.put(PRODUCER + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(transactionTimeout().toMillis()));
    defaults.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MS);
    defaults.put(MAIN + ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords(pace));
    defaults.put("group.protocol", options.groupProtocol().name().toLowerCase(Locale.ROOT));
    if (options.groupProtocol() == StreamOptions.GroupProtocol.CLASSIC) {
      defaults.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION_TIMEOUT.toMillis()));
      defaults.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.toIntExact(HEARTBEAT.toMillis()));
    }
    return defaults;
  }

  /** How soon others have a dead instance's state, and how state moves to one that joins (docs/state-operation.md). */
  private Map<String, Object> stateDefaults(int standbys) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), Integer.toString(CHANGELOG_SEGMENT_BYTES));
    if (options.groupProtocol() == StreamOptions.GroupProtocol.CLASSIC) { // under the other the broker has them
      defaults.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys);
      defaults.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, ACCEPTABLE_RECOVERY_LAG);
      defaults.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, MAX_WARM_UPS);
      defaults.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL_MS);
    }
    return defaults;
  }

  /** Long enough for the batches between two commits to run, short enough that a killed instance's open transaction does not hold readers up for long. */
  private Duration transactionTimeout() {
    Duration needed = document.batch().time().multipliedBy(BATCHES_BETWEEN_COMMITS);
    Duration atLeast = needed.compareTo(SHORTEST_TRANSACTION_TIMEOUT) < 0 ? SHORTEST_TRANSACTION_TIMEOUT : needed;
    return atLeast.compareTo(LONGEST_TRANSACTION_TIMEOUT) > 0 ? LONGEST_TRANSACTION_TIMEOUT : atLeast;
  }

  /**
   * A poll is drained before the next one, by all tasks of a thread together, and must be within the poll interval: at most a quarter of it, at the pace measured
   * when the models were warmed.
   */
  private int maxPollRecords(Pace pace) {
    String key = ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
    int interval = number(MAIN + key, number(StreamsConfig.CONSUMER_PREFIX + key, number(key, MAX_POLL_INTERVAL_MS)));
    return Math.min(2 * document.batch().records(), pace.recordsIn(Duration.ofMillis(interval / 4)));
  }

  private String interceptors() {
    Stream<String> theirs = INTERCEPTOR_KEYS.stream().flatMap(key -> Stream.ofNullable(user.get(key))).limit(1).flatMap(Settings::names);
    return Stream.concat(theirs, Stream.of(FoldingInterceptor.class.getName())).collect(Collectors.joining(","));
  }

  private static Stream<String> names(Object classes) {
    List<?> list = classes instanceof List<?> given ? given : List.of(classes.toString().split(","));
    return list.stream().map(name -> name instanceof Class<?> type ? type.getName() : name.toString().strip()).filter(name -> !name.isEmpty());
  }
}
