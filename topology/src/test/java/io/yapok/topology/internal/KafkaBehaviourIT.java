package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.embedded.KafkaCluster;
import io.yapok.embedded.KafkaClusters;
import io.yapok.topology.KafkaTopics;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.TestPipelines;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine relies on and Kafka does not promise. A Kafka that changes one of these must fail here, not lose records. */
class KafkaBehaviourIT {
  private static KafkaCluster cluster;
  private static KafkaTopics topics;

  @TempDir private Path state;

  @BeforeAll
  static void startKafka() {
    cluster = KafkaClusters.start();
    topics = new KafkaTopics(cluster);
  }

  @AfterAll
  static void stopKafka() {
    cluster.close();
  }

  /**
   * The header object reaches the deserializer (else answers would come one a batch), the producer of our supplier is used, one send is asked for a batch of
   * results, and our interceptor comes after the user's: under both protocols.
   */
  @ParameterizedTest
  @EnumSource(StreamOptions.GroupProtocol.class)
  void shouldPassHeaderObjectsThroughAndUseOurProducerAndInterceptor(StreamOptions.GroupProtocol protocol) throws Exception {
    var name = "pinned-" + protocol.name().toLowerCase();
    create(name, 1);
    topics.send(name, 1, values(3_000));
    Seen.polls.clear();
    var run = new Run(name, options(name).withGroupProtocol(protocol), Map.of("main.consumer.interceptor.classes", Seen.class.getName()));
    try (var streams = run.start()) {
      assertThat(topics.await(3_000, 1, name + "-out")).hasSize(3_000);
      topics.awaitCommitted(name, name, 1);
    }

    assertThat(run.supplier.producers).as("getProducer is used").hasPositiveValue();
    assertThat(run.engine.counters().batches()).as("header objects arrive").isLessThan(300);
    assertThat(run.supplier.standIns).as("one send a batch of results").hasValue((int) run.engine.counters().batches());
    assertThat(Seen.polls).as("the user's interceptor sees what came, ours folds after it").anyMatch(count -> count > 50);
  }

  /** A commit while batches wait is the first offset of the first that waits; with nothing waiting, it is where the consumer goes on. */
  @Test
  void shouldCommitTheHeadsOffsetWhileABatchWaitsAndNextOffsetsWhenNoneDoes() throws Exception {
    create("head", 1);
    topics.send("head", 1, values(400));
    var run = new Run("head", options("head"), Map.of("max.poll.records", "400"), "batch: {records: 100}\n", Duration.ofMillis(30));
    run.supplier.holdCommitAfter(2);
    try (var streams = run.start();
        var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()))) {
      assertThat(run.supplier.held.await(30, TimeUnit.SECONDS)).isTrue();
      var offsets = List.copyOf(run.supplier.offsets);
      run.supplier.release.countDown();
      topics.awaitCommitted("head", "head", 1);

      assertThat(offsets).as("multiples of the batch: never inside one").isNotEmpty().allMatch(offset -> offset % 100 == 0).anyMatch(offset -> offset > 0 && offset < 400);
      assertThat(run.supplier.offsets.stream().mapToLong(offset -> offset).max()).hasValue(400);
      assertThat(admin.listConsumerGroupOffsets("head").partitionsToOffsetAndMetadata().get().get(new TopicPartition("head", 0)).offset()).isEqualTo(400);
    }
  }

  /** When flush returns, every callback has been called: a failed send is known before offsets are committed. */
  @Test
  void shouldCallAllCallbacksBeforeFlushReturns() {
    cluster.createTopic("flushed", 1);
    var calls = new AtomicInteger();
    try (var producer = new UnfoldingProducer(topics.producer(Map.of("linger.ms", 1_000)), new Progress(InstantSource.system()))) {
      var batch = IntStream.range(0, 500).mapToObj(i -> new ProducerRecord<byte[], byte[]>("flushed", ("v" + i).getBytes(UTF_8))).toList();
      var headers = new RecordHeaders();
      var value = new ParcelSerializer().serialize("flushed", headers, new Parcel.OutgoingBatch(batch));
      producer.send(new ProducerRecord<>("flushed", null, null, null, value, headers), (metadata, exception) -> calls.incrementAndGet());
      producer.flush();

      assertThat(calls).hasValue(1);
    }
  }

  /** Each client hook that is missing costs speed and no answer. */
  @ParameterizedTest
  @EnumSource(Missing.class)
  void shouldAnswerTheSameWhenAClientHookIsMissing(Missing missing) throws Exception {
    var name = "missing-" + missing.name().toLowerCase();
    create(name, 2);
    topics.send(name, 2, values(600));
    var run = new Run(name, options(name), Map.of());
    run.missing = missing;
    try (var streams = run.start()) {
      var out = topics.await(600, 2, name + "-out");

      assertThat(out).hasSize(600);
      assertThat(out).allSatisfy(result -> {
        int i = Integer.parseInt(new String(result.key(), UTF_8).substring(1));
        assertThat(new String(result.value(), UTF_8)).contains("\"y\":" + 2.0 * i + "}");
      });
      if (missing != Missing.PRODUCER) {
        assertThat(run.engine.counters().batches()).isEqualTo(600);
      }
    }
  }

  enum Missing {
    INTERCEPTOR,
    PRODUCER,
    BOTH,
    /** It is there and throws: Kafka logs that and goes on with what was polled. */
    INTERCEPTOR_THROWS
  }

  private StreamOptions options(String name) {
    return StreamOptions.of(cluster.bootstrapServers(), name).withStateDirectory(state.resolve(name));
  }

  private static void create(String name, int partitions) {
    cluster.createTopic(name, partitions);
    cluster.createTopic(name + "-out", partitions);
    cluster.createTopic(name + "-bad", partitions);
  }

  private static List<String> values(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{\"x\":" + i + "}").toList();
  }

  /** An application as Yapok.stream makes it, with a supplier that watches. */
  private static final class Run {
    final String name;
    final Engine engine;
    final Map<String, Object> config;
    final Watching supplier;
    Missing missing;

    Run(String name, StreamOptions options, Map<String, ?> given) {
      this(name, options, given, "", Duration.ZERO);
    }

    Run(String name, StreamOptions options, Map<String, ?> given, String more, Duration batchTime) {
      this.name = name;
      var yaml = TestPipelines.yaml(name, name + "-out", name + "-bad") + more;
      this.engine = new Engine(TestPipelines.slow(yaml, batchTime));
      var settings = new Settings(engine.pipeline().document(), given, options);
      this.config = settings.build(engine.folding(new Wiring(engine, name).foldedTopics()), engine.pace());
      this.supplier = new Watching(engine);
    }

    KafkaStreams start() {
      if (missing == Missing.INTERCEPTOR || missing == Missing.BOTH) {
        config.remove("main.consumer.interceptor.classes");
      }
      if (missing == Missing.INTERCEPTOR_THROWS) {
        config.put("main.consumer.interceptor.classes", Throwing.class.getName());
      }
      boolean plain = missing == Missing.PRODUCER || missing == Missing.BOTH;
      var streams = new KafkaStreams(new Wiring(engine, name).topology(), new StreamsConfig(config), plain ? new DefaultKafkaClientSupplier() : supplier);
      streams.start();
      return streams;
    }
  }

  /** Counts what Streams asks of our producer, and can hold a commit. */
  private static final class Watching extends DefaultKafkaClientSupplier {
    final AtomicInteger producers = new AtomicInteger();
    final AtomicInteger standIns = new AtomicInteger();
    final ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final Engine engine;
    private int holdAfter = Integer.MAX_VALUE;

    Watching(Engine engine) {
      this.engine = engine;
    }

    void holdCommitAfter(int commits) {
      holdAfter = commits;
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
      producers.incrementAndGet();
      var ours = engine.clients().getProducer(config);
      return (Producer<byte[], byte[]>)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Producer.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("send") && ParcelHeader.isStandIn(((ProducerRecord<byte[], byte[]>) arguments[0]).value())) {
                  standIns.incrementAndGet();
                }
                if (method.getName().equals("sendOffsetsToTransaction")) {
                  ((Map<TopicPartition, OffsetAndMetadata>) arguments[0]).values().forEach(offset -> offsets.add(offset.offset()));
                  if (offsets.size() == holdAfter) {
                    held.countDown();
                    release.await(30, TimeUnit.SECONDS);
                  }
                }
                try {
                  return method.invoke(ours, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }

  /** A user's interceptor: notes how many records it is shown. */
  public static class Seen implements ConsumerInterceptor<byte[], byte[]> {
    static final ConcurrentLinkedQueue<Integer> polls = new ConcurrentLinkedQueue<>();

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      polls.add(records.count());
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }

  /** Ours, but it fails. */
  public static final class Throwing extends FoldingInterceptor {
    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      throw new IllegalStateException("broken");
    }
  }
}
