package io.yapok.app.internal.demo;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends payments at a steady rate, open loop: each record has a time at which it should leave, kept whatever the pipeline does, and the rate climbs from half
 * to its full height while the JVM warms up. Runs on a thread of its own.
 */
final class PaymentFeed implements AutoCloseable {
  private static final long NAP_NANOS = 1_000_000;
  private static final double FIRST_SHARE = 0.5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final PaymentStream payments;
  private final int rate;
  private final long warmUpNanos;
  private final DemoFigures figures;
  private final Thread thread = new Thread(this::run, "demo-feed");
  private volatile boolean stopped;

  PaymentFeed(String bootstrapServers, String topic, PaymentStream payments, int rate, long warmUpNanos, DemoFigures figures) {
    this.topic = topic;
    this.payments = payments;
    this.rate = rate;
    this.warmUpNanos = warmUpNanos;
    this.figures = figures;
    this.producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.CLIENT_ID_CONFIG, "demo-feed"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void start() {
    thread.start();
  }

  /** Stops sending and waits until everything sent is acknowledged. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
  }

  private void run() {
    long start = System.nanoTime();
    double intended = start; // when the next record should leave
    while (!stopped) {
      long now = System.nanoTime();
      while (intended <= now && !stopped) {
        send((long) intended);
        intended += 1e9 / rateAt((long) intended - start);
      }
      LockSupport.parkNanos(NAP_NANOS);
    }
    producer.flush();
  }

  private double rateAt(long nanosSinceStart) {
    double progress = Math.min(1.0, nanosSinceStart / (double) warmUpNanos);
    return rate * (FIRST_SHARE + (1 - FIRST_SHARE) * progress);
  }

  private void send(long intendedNanos) {
    payments.next();
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, payments.timestamp(), payments.key(), payments.value());
    IntendedTime.write(record.headers(), intendedNanos);
    Truth.write(record.headers(), payments.isFraud());
    figures.producerLateNanos.accumulateAndGet(System.nanoTime() - intendedNanos, Math::max);
    var _ = producer.send(record, (metadata, failure) -> (failure == null ? figures.in : figures.unacknowledged).increment()); // the callback says it all
  }
}
