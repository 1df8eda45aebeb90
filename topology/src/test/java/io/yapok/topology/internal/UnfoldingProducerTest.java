package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class UnfoldingProducerTest {
  private final MockProducer<byte[], byte[]> kafka = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final UnfoldingProducer producer = new UnfoldingProducer(kafka, new Progress(InstantSource.system()));
  private final List<Exception> called = new ArrayList<>();
  private final Callback callback = (metadata, exception) -> called.add(exception);

  @Test
  void shouldSendEachRecordOfABatchInOrder() {
    var batch = batch(5);

    producer.send(standIn(batch), callback);

    assertThat(kafka.history()).containsExactlyElementsOf(batch);
  }

  @Test
  void shouldCompleteOnceWhenTheLastIsAcknowledged() {
    Future<RecordMetadata> future = producer.send(standIn(batch(3)), callback);

    kafka.completeNext();
    kafka.completeNext();
    assertThat(called).isEmpty();
    assertThat(future).isNotDone();
    kafka.completeNext();

    assertThat(called).hasSize(1).containsOnlyNulls();
    assertThat(future).isDone();
  }

  @Test
  void shouldCompleteOnceWithTheFirstError() {
    producer.send(standIn(batch(4)), callback);
    var first = new KafkaException("first");

    kafka.completeNext();
    kafka.errorNext(first);
    kafka.errorNext(new KafkaException("second"));
    kafka.completeNext();

    assertThat(called).containsExactly(first);
  }

  @Test
  void shouldStopSendingWhenASendFailsAtOnce() {
    var failing = new FailingProducer(2);
    var unfolding = new UnfoldingProducer(failing, new Progress(InstantSource.system()));

    unfolding.send(standIn(batch(5)), callback);

    assertThat(failing.attempts).isEqualTo(3);
    assertThat(called).hasSize(1).first().isInstanceOf(RecordTooLargeException.class);
  }

  @Test
  void shouldThrowWhatASendThrowsAndCallNothingAfterwards() {
    kafka.sendException = new KafkaException("fenced");

    assertThatThrownBy(() -> producer.send(standIn(batch(3)), callback)).hasMessage("fenced");
    assertThat(called).isEmpty();
  }

  @Test
  void shouldCallNothingWhenAnEarlierSendIsAcknowledgedAfterALaterOneThrew() {
    var throwing = new ThrowingProducer();
    var unfolding = new UnfoldingProducer(throwing, new Progress(InstantSource.system()));

    assertThatThrownBy(() -> unfolding.send(standIn(batch(3)), callback)).hasMessage("closed");
    throwing.first.onCompletion(metadata(), null);

    assertThat(called).isEmpty();
  }

  @Test
  void shouldCallNothingWhenAnEarlierSendFailsAfterALaterOneThrew() {
    var throwing = new ThrowingProducer();
    var unfolding = new UnfoldingProducer(throwing, new Progress(InstantSource.system()));
    assertThatThrownBy(() -> unfolding.send(standIn(batch(3)), callback)).hasMessage("closed");

    throwing.first.onCompletion(metadata(), new KafkaException("late"));

    assertThat(called).isEmpty();
  }

  @Test
  void shouldPassOtherRecordsThrough() {
    var record = new ProducerRecord<>("changelog", "k".getBytes(UTF_8), "v".getBytes(UTF_8));

    producer.send(record, callback);
    kafka.completeNext();

    assertThat(kafka.history()).containsExactly(record);
    assertThat(called).hasSize(1).containsOnlyNulls();
  }

  @Test
  void shouldRefuseAStandInWithoutItsBatch() {
    assertThatThrownBy(() -> producer.send(new ProducerRecord<>("out", null, ParcelHeader.STAND_IN), callback)).isInstanceOf(IllegalStateException.class);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldCompleteExactlyOnceWhenThreadsRace() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 500; round++) {
        var calls = new AtomicInteger();
        var completion = new SendCompletion(4, (metadata, exception) -> calls.incrementAndGet());
        var start = new CountDownLatch(1);
        var futures = new ArrayList<Future<?>>();
        for (int i = 0; i < 4; i++) {
          Exception error = (round + i) % 3 == 0 ? new KafkaException("e") : null;
          futures.add(threads.submit(() -> {
            start.await();
            completion.onCompletion(metadata(), error);
            return null;
          }));
        }
        start.countDown();
        for (var future : futures) {
          future.get();
        }
        assertThat(calls).hasValue(1);
      }
    }
  }

  private static RecordMetadata metadata() {
    return new RecordMetadata(new TopicPartition("out", 0), 0, 0, 0, 0, 0);
  }

  private static List<ProducerRecord<byte[], byte[]>> batch(int size) {
    return IntStream.range(0, size).mapToObj(i -> new ProducerRecord<>("out", 0, 1000L + i, ("k" + i).getBytes(UTF_8), ("v" + i).getBytes(UTF_8))).toList();
  }

  private static ProducerRecord<byte[], byte[]> standIn(List<ProducerRecord<byte[], byte[]>> batch) {
    var headers = new RecordHeaders();
    byte[] value = new ParcelSerializer().serialize("out", headers, new Parcel.OutgoingBatch(batch));
    return new ProducerRecord<>("out", null, 5L, null, value, headers);
  }

  /** Fails one send as KafkaProducer does for a record that is too large: it calls back at once, with an error, and does not throw. */
  private static final class FailingProducer extends MockProducer<byte[], byte[]> {
    private final int failAt;
    private int attempts;

    FailingProducer(int failAt) {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.failAt = failAt;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (attempts++ == failAt) {
        callback.onCompletion(metadata(), new RecordTooLargeException("too large"));
      }
      return super.send(record, null);
    }
  }

  private static final class ThrowingProducer extends MockProducer<byte[], byte[]> {
    private Callback first;

    ThrowingProducer() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (first != null) {
        throw new IllegalStateException("closed");
      }
      first = callback;
      return super.send(record, null);
    }
  }
}
