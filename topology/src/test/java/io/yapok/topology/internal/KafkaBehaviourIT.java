package io.yapok.topology.internal;

import static io.yapok.topology.TestPipelines.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.topology.KafkaTopics;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.StreamOptions.GroupProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine relies on and Kafka does not promise, under both group protocols. A Kafka that changes one of these must fail here, not lose records. */
class KafkaBehaviourIT {
  private static final String INTERCEPTORS = "main.consumer.interceptor.classes";
  private static final Map<String, String> ONE_POLL = Map.of("max.poll.records", "400", INTERCEPTORS, Seen.class.getName());
  private static final String HUNDREDS = "batch: {records: 100}\n";
  private static final Duration BATCH_TIME = Duration.ofMillis(30);

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  /** RecordDeserializer keeps the header object: else every batch would be one record, or the deserializer would throw. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldPassTheHeaderObjectFromTheInterceptorToTheDeserializer(GroupProtocol protocol) throws Exception {
    var application = answered("deserialized", protocol);

    assertThat(application.engine.counters().in()).isEqualTo(3_000);
    assertThat(application.engine.counters().batches()).isLessThan(300);
  }

  /** RecordCollectorImpl keeps the header object, and asks for one send, with a callback, for a sink record. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldSendASinkRecordOnceWithItsHeaderObjectAndACallback(GroupProtocol protocol) throws Exception {
    var application = answered("collected", protocol);

    assertThat(application.watch.standIns).hasValue((int) application.engine.counters().batches());
    assertThat(application.watch.withoutHeaderObject).hasValue(0);
    assertThat(application.watch.withoutCallback).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldTakeTheProducerOfOurSupplier(GroupProtocol protocol) throws Exception {
    assertThat(answered("supplied", protocol).watch.producers).hasPositiveValue();
  }

  /** What poll returns is what the last interceptor made of it, and the user's interceptor, before it, is shown what came. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldCallInterceptorsInOrderAsTheLastThingOfAPoll(GroupProtocol protocol) throws Exception {
    var application = answered("intercepted", protocol);

    assertThat(Seen.polled).anyMatch(count -> count > 50);
    assertThat(application.engine.counters().batches()).isLessThan(300);
  }

  /** A failed send is known before offsets are committed. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldCallAllCallbacksBeforeFlushReturnsAndFlushBeforeACommit(GroupProtocol protocol) throws Exception {
    var application = answered("flushed", protocol);

    assertThat(application.watch.flushes).hasPositiveValue();
    assertThat(application.watch.offsets).isNotEmpty();
    assertThat(application.watch.lateCallbacks).hasValue(0);
  }

  /** A commit while batches wait is the first offset of the first that waits; with nothing waiting, it is where the consumer goes on. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldCommitTheHeadsOffsetWhileABatchWaitsAndNextOffsetsWhenNoneDoes(GroupProtocol protocol) throws Exception {
    var name = create("head", protocol);
    topics.send(name, 1, numbers(400));
    var application = new WatchedApplication(name, options(name, protocol), ONE_POLL, HUNDREDS, BATCH_TIME);
    application.watch.holdCommit(2);
    try (var streams = application.start()) {
      assertThat(application.watch.held.await(30, TimeUnit.SECONDS)).isTrue();
      var early = List.copyOf(application.watch.offsets);
      application.watch.release.countDown();
      topics.awaitCommitted(name, name, 1);

      assertThat(early).anyMatch(offset -> offset > 0 && offset < 400);
      assertThat(application.watch.offsets).as("never inside a batch").allMatch(offset -> offset % 100 == 0);
      assertThat(committed(name)).isEqualTo(400);
    }
  }

  /** The same where the consumer commits. */
  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void shouldCommitTheHeadsOffsetAndNextOffsetsAtLeastOnceToo(GroupProtocol protocol) throws Exception {
    var name = create("head-alo", protocol);
    topics.send(name, 1, numbers(400));
    Seen.committed.clear();
    var more = HUNDREDS + "delivery: at_least_once\nkafka: {commit.interval.ms: 10}\n";
    var application = new WatchedApplication(name, options(name, protocol), ONE_POLL, more, BATCH_TIME);
    try (var streams = application.start()) {
      topics.awaitCommitted(name, name, 1);
    }

    assertThat(Seen.committed).as("never inside a batch").allMatch(offset -> offset % 100 == 0).anyMatch(offset -> offset > 0 && offset < 400);
    assertThat(committed(name)).isEqualTo(400);
  }

  /** An application that has answered 3,000 records and stopped. */
  private WatchedApplication answered(String what, GroupProtocol protocol) throws Exception {
    var name = create(what, protocol);
    topics.send(name, 1, numbers(3_000));
    Seen.polled.clear();
    var application = new WatchedApplication(name, options(name, protocol), Map.of(INTERCEPTORS, Seen.class.getName()), "", Duration.ZERO);
    try (var streams = application.start()) {
      topics.awaitCommitted(name, name, 1);
    }
    assertThat(topics.await(3_000, 1, name + "-out")).hasSize(3_000);
    return application;
  }

  private StreamOptions options(String name, GroupProtocol protocol) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state).withGroupProtocol(protocol);
  }

  private static String create(String what, GroupProtocol protocol) {
    var name = what + "-" + protocol.name().toLowerCase();
    topics.createFor(name, 1);
    return name;
  }

  private static long committed(String group) throws Exception {
    try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", topics.bootstrapServers()))) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(new TopicPartition(group, 0)).offset();
    }
  }

  /** A user's interceptor: notes how many records a poll shows it, and what is committed through the consumer. */
  public static final class Seen implements ConsumerInterceptor<byte[], byte[]> {
    static final ConcurrentLinkedQueue<Integer> polled = new ConcurrentLinkedQueue<>();
    static final ConcurrentLinkedQueue<Long> committed = new ConcurrentLinkedQueue<>();

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      polled.add(records.count());
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
      offsets.values().forEach(offset -> committed.add(offset.offset()));
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
  }
}
