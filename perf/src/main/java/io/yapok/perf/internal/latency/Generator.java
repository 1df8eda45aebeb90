package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workloads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own that sends a workload's records by a schedule, {@code linger.ms=0} and {@code acks=all}. It first sends the records that come before the
 * schedule, then waits for a line with the starting time on standard input. It naps between records rather than spin: it shares the machine with what it measures.
 * At the end it writes how late it was. Everything happens on the main thread.
 */
final class Generator {
  private static final int ARGUMENTS = 8;

  private final Schedule schedule;
  private final String topic;
  private final RecordPool pool;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Histogram lateness = Histograms.nanos();

  private Generator(Schedule schedule, String topic, RecordPool pool, KafkaProducer<byte[], byte[]> producer) {
    this.schedule = schedule;
    this.topic = topic;
    this.pool = pool;
    this.producer = producer;
  }

  /** Its main class and arguments. */
  static List<String> command(String bootstrapServers, String topic, String workload, Schedule schedule, Path latenessFile) {
    return List.of(
        Generator.class.getName(),
        bootstrapServers,
        topic,
        workload,
        Long.toString(schedule.first()),
        Integer.toString(schedule.warmUp()),
        Integer.toString(schedule.measured()),
        Long.toString(schedule.perSecond()),
        latenessFile.toString());
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != ARGUMENTS) {
      throw new IllegalArgumentException("a generator takes BOOTSTRAP TOPIC WORKLOAD FIRST WARM_UP MEASURED RATE FILE, not " + Arrays.toString(arguments));
    }
    Schedule schedule =
        new Schedule(Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]), Long.parseLong(arguments[6]));
    RecordPool pool = Workloads.named(arguments[2]).orElseThrow().pool();
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings(arguments[0]), new ByteArraySerializer(), new ByteArraySerializer())) {
      Generator generator = new Generator(schedule, arguments[1], pool, producer);
      generator.sendAhead();
      String start = orders.readLine();
      if (start != null) { // else whoever started this is gone
        generator.run(Long.parseLong(start));
        Histograms.write(generator.lateness, Path.of(arguments[7]));
      }
    }
  }

  private void sendAhead() {
    for (long id = 0; id < schedule.first(); id++) {
      send(id);
    }
    producer.flush();
    check();
  }

  private void send(long id) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, (int) (id % Arena.PARTITIONS), pool.key(id), pool.value(id));
    Future<RecordMetadata> _ = producer.send(record, (metadata, exception) -> failure.compareAndSet(null, exception)); // check() looks at it
  }

  private void sendAll(long start) {
    for (long id = schedule.first(); id < schedule.end() && failure.get() == null; id++) {
      long intended = schedule.intended(id, start);
      long now = System.nanoTime();
      while (now < intended) {
        LockSupport.parkNanos(intended - now);
        now = System.nanoTime();
      }
      if (id >= schedule.firstMeasured() && schedule.perSecond() > 0) {
        Histograms.record(lateness, now - intended);
      }
      send(id);
    }
  }

  private void run(long start) {
    sendAll(start);
    producer.flush();
    check();
  }

  private void check() {
    Exception first = failure.get();
    if (first != null) {
      throw new IllegalStateException("a record was not acknowledged", first);
    }
  }

  private static Map<String, Object> settings(String bootstrapServers) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
        ProducerConfig.LINGER_MS_CONFIG, 0,
        ProducerConfig.ACKS_CONFIG, "all",
        ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
  }
}
