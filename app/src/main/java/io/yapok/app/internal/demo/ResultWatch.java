package io.yapok.app.internal.demo;

import io.yapok.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * An independent reader of what is committed: counts results and rejects, measures their latency, and keeps the last few to show. It has no consumer group and
 * asks the pipeline nothing. Runs on a thread of its own.
 */
final class ResultWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int SHOWN = 8;
  private static final byte[] FLAG = "\"fraud\":true".getBytes(StandardCharsets.US_ASCII);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String rejectsTopic;
  private final DemoFigures figures;
  private final long measureFromNanos;
  private final Thread thread = new Thread(this::run, "demo-watch");
  private final Deque<ScoredPayment> lastScored = new ArrayDeque<>();
  private final Deque<ScoredPayment> lastFlagged = new ArrayDeque<>();
  private final Deque<String> lastRejected = new ArrayDeque<>();
  private volatile boolean stopped;

  /**
   * A watch over two topics from their beginning.
   *
   * @param measureFromNanos records whose intended time is earlier are counted but not measured: the JVM is warming up
   */
  ResultWatch(String bootstrapServers, String sinkTopic, String rejectsTopic, DemoFigures figures, long measureFromNanos) {
    this.rejectsTopic = rejectsTopic;
    this.figures = figures;
    this.measureFromNanos = measureFromNanos;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.CLIENT_ID_CONFIG, "demo-watch"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(sinkTopic, rejectsTopic)) {
      consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
    }
    consumer.assign(partitions);
  }

  void start() {
    thread.start();
  }

  synchronized List<ScoredPayment> lastScored() {
    return List.copyOf(lastScored);
  }

  synchronized List<ScoredPayment> lastFlagged() {
    return List.copyOf(lastFlagged);
  }

  synchronized List<String> lastRejected() {
    return List.copyOf(lastRejected);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (consumer) {
      while (!stopped) {
        boolean first = true;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          long intended = IntendedTime.read(record.headers());
          if (intended >= measureFromNanos) {
            figures.latency(System.nanoTime() - intended);
          }
          if (record.topic().equals(rejectsTopic)) {
            rejected(record);
          } else {
            scored(record, first);
            first = false;
          }
        }
      }
    }
  }

  private void scored(ConsumerRecord<byte[], byte[]> record, boolean shown) {
    boolean fraud = Truth.isFraud(record.headers());
    if (fraud) {
      figures.frauds.increment();
    }
    if (isFlagged(record.value())) {
      figures.flagged.increment();
      if (fraud) {
        figures.caught.increment();
      }
      keep(lastFlagged, ScoredPayment.read(record.value()));
    } else if (shown) {
      keep(lastScored, ScoredPayment.read(record.value()));
    }
    figures.out.increment();
  }

  /** Whether the rule's flag is up; only results that are shown are parsed, since the reader shares its cores with what it measures. */
  private static boolean isFlagged(byte[] result) {
    int last = result.length - FLAG.length;
    for (int start = 0; start <= last; start++) {
      if (Arrays.equals(result, start, start + FLAG.length, FLAG, 0, FLAG.length)) {
        return true;
      }
    }
    return false;
  }

  private void rejected(ConsumerRecord<byte[], byte[]> record) {
    keep(lastRejected, header(record, DeadLetterHeaders.REASON) + ": " + header(record, DeadLetterHeaders.MESSAGE));
    figures.rejected.increment();
  }

  private synchronized <T> void keep(Deque<T> last, T item) {
    last.addFirst(item);
    if (last.size() > SHOWN) {
      last.removeLast();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
