package io.yapok.app.proof;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a workload's records, at a rate on a thread of its own or as many as asked for at once, and counts acknowledgements. The producer is idempotent and tries for ten minutes, so that every record is
 * there once when {@link #stop} returns.
 */
final class Load implements AutoCloseable {
  /** Header with {@link System#nanoTime} of the sending, 8 bytes; headers come through to results. */
  static final String SENT = "sent";

  private static final int PATIENCE_MS = 600_000;

  private final Workload workload;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SplittableRandom choice;
  private final int[] next = new int[Workload.KEYS];
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;
  private volatile boolean stopping;
  private volatile Thread thread = new Thread(() -> {});

  Load(Workload workload, String bootstrapServers) {
    this.workload = workload;
    this.choice = new SplittableRandom(workload.seed());
    var settings = new HashMap<String, Object>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, 5));
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends so many records at once. Not while a rate runs. */
  void send(int count) {
    for (int i = 0; i < count; i++) {
      sendOne();
    }
    producer.flush();
  }

  /** Sends at a steady rate until {@link #stop}. */
  void start(int recordsPerSecond) {
    thread = new Thread(() -> run(recordsPerSecond), "load");
    thread.start();
  }

  private void run(int recordsPerSecond) {
    long start = System.nanoTime();
    for (long i = 0; !stopping; i++) {
      LockSupport.parkNanos(start + i * TimeUnit.SECONDS.toNanos(1) / recordsPerSecond - System.nanoTime());
      sendOne();
    }
  }

  private void sendOne() {
    int key = choice.nextInt(Workload.KEYS);
    var numbered = workload.record(key, next[key]++);
    var record = new ProducerRecord<>(workload.source(), Workload.partition(key), numbered.timestamp(), numbered.keyBytes(), numbered.value());
    record.headers().add(SENT, ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array());
    sent++;
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception == null) {
            acknowledged.incrementAndGet();
          } else {
            failure.compareAndSet(null, exception);
          }
        });
  }

  /**
   * Ends the sending.
   *
   * @return how many records were acknowledged, which is all that were sent
   */
  long stop() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.flush();
    if (failure.get() != null || acknowledged.get() != sent) {
      throw new IllegalStateException(sent + " records were sent and " + acknowledged + " acknowledged", failure.get());
    }
    return sent;
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    thread.join();
    producer.close();
  }
}
