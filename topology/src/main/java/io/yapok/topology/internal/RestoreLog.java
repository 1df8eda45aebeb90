package io.yapok.topology.internal;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how restoring goes where somebody waits for it: a pipeline that restores answers nothing from that partition. Called by Kafka Streams' restoring threads. */
public final class RestoreLog implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);

  /** Fewer changes than that are there in a moment. */
  private static final long WORTH_SAYING = 100_000;

  private final Map<TopicPartition, Long> started = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
    started.put(partition, System.nanoTime());
    if (to - from >= WORTH_SAYING) {
      LOG.info("restoring {} changes of {}", count(to - from), partition);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long to, long changes) {
    // the end says it all
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long changes) {
    Long since = started.remove(partition);
    if (since != null && changes >= WORTH_SAYING) {
      LOG.info("restored {} changes of {} in {} s", count(changes), partition, String.format(Locale.ROOT, "%.3f", (System.nanoTime() - since) / 1e9));
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition partition, String store, long changes) {
    started.remove(partition);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
