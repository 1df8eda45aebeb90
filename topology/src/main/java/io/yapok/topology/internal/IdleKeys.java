package io.yapok.topology.internal;

import io.yapok.schemas.StateSpec;
import io.yapok.topology.Memory;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what a task remembers of keys that have been idle for long, some at a time between batches, in the transactions of these. It is scheduled only while there may be such: a
 * punctuator makes an idle task commit each time. Belongs to the task's thread.
 */
final class IdleKeys {
  /** Between two slices, each of at most 1000 keys and 2 ms of looking ({@link io.yapok.state.Expiry}): 10,000 keys a second, for 2 % of the thread's time. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ProcessorContext<?, ?> context;
  private final Engine engine;
  private final Memory memory;
  private long streamTime;
  private @Nullable Cancellable scheduled;

  IdleKeys(ProcessorContext<?, ?> context, Engine engine, Memory memory) {
    this.context = context;
    this.engine = engine;
    this.memory = memory;
  }

  /**
   * A batch has been run and what it led to is stored.
   *
   * @param largest the largest timestamp of its records
   * @param now by the clock on the wall: a record from the future does not make others' keys idle
   */
  void ran(StateSpec spec, List<ConsumerRecord<byte[], byte[]>> records, long largest, long now) {
    streamTime = Math.max(streamTime, largest <= now ? largest : largestUntil(now, records));
    if (scheduled == null && memory.mayHaveIdleKeys(spec, streamTime)) {
      scheduled = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, _ -> deleteSome());
    }
  }

  private static long largestUntil(long now, List<ConsumerRecord<byte[], byte[]>> records) {
    long largest = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      largest = record.timestamp() <= now ? Math.max(largest, record.timestamp()) : largest;
    }
    return largest;
  }

  private void deleteSome() {
    StateSpec spec = engine.pipeline().current().state();
    engine.counters().expired(memory.deleteIdleKeys(spec, streamTime));
    if (!memory.mayHaveIdleKeys(spec, streamTime)) {
      close();
    }
  }

  /** Looks no further. */
  void close() {
    if (scheduled != null) {
      scheduled.cancel();
      scheduled = null;
    }
  }
}
