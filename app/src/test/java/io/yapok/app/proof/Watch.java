package io.yapok.app.proof;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Follows the sink as a read_committed reader sees it, while everything runs: how many results there are, the longest time that each of its partitions stood still, and when results flow again after a
 * fault. On a thread of its own.
 */
final class Watch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final String bootstrapServers;
  private final Workload workload;
  private final Thread thread;
  private final long[] last = new long[Workload.PARTITIONS];
  private final long[] longest = new long[Workload.PARTITIONS];
  private final Set<Route> routes = new HashSet<>();
  private final List<Recovery> recoveries = new ArrayList<>();
  private long seen;
  private volatile boolean stopping;
  private boolean measuring = true;

  /** The way of a key's records: from this partition of the source to that one of the sink. */
  private record Route(int from, int to) {}

  /** Waits for every route to show a result of a record that was sent after the fault. */
  private record Recovery(long since, Set<Route> left, CompletableFuture<Duration> done) {}

  Watch(Workload workload, String bootstrapServers) {
    this.workload = workload;
    this.bootstrapServers = bootstrapServers;
    this.thread = new Thread(this::run, "watch");
    thread.start();
  }

  private void run() {
    try (KafkaConsumer<byte[], byte[]> consumer = Readers.committed(bootstrapServers, workload.sink())) {
      while (!stopping) {
        var records = consumer.poll(POLL);
        long now = System.nanoTime();
        synchronized (this) {
          records.forEach(record -> note(record, now));
          notifyAll();
        }
      }
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> result, long now) {
    seen++;
    int partition = result.partition();
    if (measuring && last[partition] != 0) {
      longest[partition] = Math.max(longest[partition], now - last[partition]);
    }
    last[partition] = now;
    var route = new Route(Workload.partition(Result.key(result)), partition);
    routes.add(route);
    long sent = ByteBuffer.wrap(result.headers().lastHeader(Load.SENT).value()).getLong();
    for (var recovery : recoveries) {
      if (sent - recovery.since > 0 && recovery.left.remove(route) && recovery.left.isEmpty()) {
        recovery.done.complete(Duration.ofNanos(now - recovery.since));
      }
    }
    recoveries.removeIf(recovery -> recovery.left.isEmpty());
  }

  /** A fault happens now: how long from here until results of records sent from now on are there, from all partitions of the source in all of the sink. */
  synchronized CompletableFuture<Duration> recovery() {
    var done = new CompletableFuture<Duration>();
    recoveries.add(new Recovery(System.nanoTime(), new HashSet<>(routes), done));
    return done;
  }

  /** Waits until results flow that were sent from now on. */
  void awaitFlow(Duration patience) throws InterruptedException {
    await(recovery(), patience);
  }

  /** A recovery's time, once it is over. */
  static Duration await(CompletableFuture<Duration> recovery, Duration patience) throws InterruptedException {
    try {
      return recovery.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("results do not flow again within " + patience, e);
    }
  }

  /** Waits until so many results have been seen. */
  synchronized long awaitResults(long count, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (seen < count) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError(seen + " results are there and not " + count + " within " + patience);
      }
      wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
    }
    return seen;
  }

  /** Waits until so many more results have been seen than now. */
  synchronized void awaitMore(long count, Duration patience) throws InterruptedException {
    awaitResults(seen + count, patience);
  }

  /** The load ends: what stands still from here on is no stall. A partition that stands still now has done so until now. */
  synchronized void loadEnds() {
    long now = System.nanoTime();
    for (int partition = 0; partition < last.length; partition++) {
      longest[partition] = last[partition] == 0 ? 0 : Math.max(longest[partition], now - last[partition]);
    }
    measuring = false;
  }

  /** The longest time between two results, for each partition of the sink, in seconds. */
  synchronized List<Double> stalls() {
    return Arrays.stream(longest).mapToObj(nanos -> nanos / 1e9).toList();
  }

  @Override
  public void close() throws InterruptedException {
    stopping = true;
    thread.join();
  }
}
