package io.yapok.topology.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Notes what Kafka Streams asks of a producer, on its threads, and can hold a commit. */
final class ProducerWatch {
  final AtomicInteger producers = new AtomicInteger();
  final AtomicInteger standIns = new AtomicInteger();
  final AtomicInteger withoutHeaderObject = new AtomicInteger();
  final AtomicInteger withoutCallback = new AtomicInteger();
  final AtomicInteger flushes = new AtomicInteger();

  /** Sends that were not called back yet when a flush had returned, or when offsets were given to a transaction. */
  final AtomicInteger lateCallbacks = new AtomicInteger();

  final ConcurrentLinkedQueue<Long> offsets = new ConcurrentLinkedQueue<>();
  final CountDownLatch held = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger outstanding = new AtomicInteger();
  private volatile int holdAfter = Integer.MAX_VALUE;

  /** Lets that commit wait for {@link #release}. */
  void holdCommit(int number) {
    holdAfter = number;
  }

  @SuppressWarnings("unchecked")
  Producer<byte[], byte[]> over(Producer<byte[], byte[]> producer) {
    producers.incrementAndGet();
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "send" -> sends((ProducerRecord<byte[], byte[]>) arguments[0], arguments);
                case "sendOffsetsToTransaction" -> commits((Map<TopicPartition, OffsetAndMetadata>) arguments[0]);
                default -> {}
              }
              try {
                return method.invoke(producer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().equals("flush")) {
                  flushes.incrementAndGet();
                  lateCallbacks.addAndGet(outstanding.get());
                }
              }
            });
  }

  private void sends(ProducerRecord<byte[], byte[]> record, Object[] arguments) {
    if (!ParcelHeader.isStandIn(record.value())) {
      return;
    }
    standIns.incrementAndGet();
    if (!(record.headers().lastHeader(ParcelHeader.KEY) instanceof ParcelHeader)) {
      withoutHeaderObject.incrementAndGet();
    }
    if (arguments.length < 2 || !(arguments[1] instanceof Callback callback)) {
      withoutCallback.incrementAndGet();
      return;
    }
    outstanding.incrementAndGet();
    arguments[1] =
        (Callback)
            (metadata, exception) -> {
              callback.onCompletion(metadata, exception);
              outstanding.decrementAndGet();
            };
  }

  private void commits(Map<TopicPartition, OffsetAndMetadata> committed) throws InterruptedException {
    lateCallbacks.addAndGet(outstanding.get());
    committed.values().forEach(offset -> offsets.add(offset.offset()));
    if (offsets.size() == holdAfter) {
      held.countDown();
      release.await(30, TimeUnit.SECONDS);
    }
  }
}
