package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument.BatchLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Makes one record of what a poll returned for a partition, or several where that is more than a batch may hold. Shared by the consumers of all stream threads
 * of an application; each calls it from its own thread.
 */
public final class Folding {
  private final Set<String> topics;
  private final BatchLimits limits;
  private final Pace pace;
  private final Progress progress;

  /**
   * A folding.
   *
   * @param topics whose records are folded; all others pass through untouched
   * @param pace what a record takes, for cutting by {@link BatchLimits#time}
   * @param progress told of polls and commits
   */
  public Folding(Set<String> topics, BatchLimits limits, Pace pace, Progress progress) {
    this.topics = Set.copyOf(topics);
    this.limits = limits;
    this.pace = pace;
    this.progress = progress;
  }

  /** A consumer has committed offsets: how an application that is not exactly-once gets on. */
  void committed() {
    progress.committed();
  }

  /** The same records with those of our topics folded, and the same next offsets. */
  ConsumerRecords<byte[], byte[]> fold(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty()) {
      return polled;
    }
    progress.polled();
    int most = Math.min(limits.records(), pace.recordsIn(limits.time()));
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> folded = LinkedHashMap.newLinkedHashMap(8);
    Map<TopicPartition, OffsetAndMetadata> nextOffsets = polled.nextOffsets();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      folded.put(partition, topics.contains(partition.topic()) ? foldPartition(records, most) : records);
      if (!nextOffsets.containsKey(partition)) {
        nextOffsets = withNextOffset(nextOffsets, partition, records.getLast());
      }
    }
    return new ConsumerRecords<>(folded, nextOffsets);
  }

  private List<ConsumerRecord<byte[], byte[]>> foldPartition(List<ConsumerRecord<byte[], byte[]>> records, int most) {
    List<ConsumerRecord<byte[], byte[]>> batches = new ArrayList<>(2);
    int from = 0;
    while (from < records.size()) {
      int to = cut(records, from, most);
      batches.add(standIn(from == 0 && to == records.size() ? records : records.subList(from, to)));
      from = to;
    }
    return batches;
  }

  /** The end of the batch that starts at {@code from}: at least one record, however large. */
  private int cut(List<ConsumerRecord<byte[], byte[]>> records, int from, int most) {
    int last = Math.min(records.size(), from + Math.min(most, records.size()));
    long bytes = 0;
    for (int i = from; i < last; i++) {
      bytes += size(records.get(i));
      if (bytes > limits.bytes() && i > from) {
        return i;
      }
    }
    return last;
  }

  /**
   * The record that stands for a batch. Its offset is the first one: a task commits the offset of the record at the head of its queue, so that a batch still
   * waiting there at a commit comes again after a crash. Its timestamp is the largest, its sizes are sums for the metrics.
   */
  private static ConsumerRecord<byte[], byte[]> standIn(List<ConsumerRecord<byte[], byte[]>> records) {
    long timestamp = 0;
    long keyBytes = 0;
    long valueBytes = 0;
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      timestamp = Math.max(timestamp, record.timestamp());
      keyBytes += Math.max(0, record.serializedKeySize());
      valueBytes += Math.max(0, record.serializedValueSize());
    }
    ConsumerRecord<byte[], byte[]> first = records.getFirst();
    RecordHeaders headers = new RecordHeaders();
    headers.add(new ParcelHeader(new Parcel.IncomingBatch(records)));
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        timestamp,
        TimestampType.CREATE_TIME,
        (int) Math.min(Integer.MAX_VALUE, keyBytes),
        (int) Math.min(Integer.MAX_VALUE, valueBytes),
        null,
        ParcelHeader.STAND_IN,
        headers,
        first.leaderEpoch());
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return Math.max(0, record.serializedKeySize()) + (long) Math.max(0, record.serializedValueSize());
  }

  /** An interceptor before ours that still uses the constructor without next offsets has lost them (KAFKA-20660); without them nothing would be committed. */
  private static Map<TopicPartition, OffsetAndMetadata> withNextOffset(
      Map<TopicPartition, OffsetAndMetadata> nextOffsets, TopicPartition partition, ConsumerRecord<byte[], byte[]> last) {
    Map<TopicPartition, OffsetAndMetadata> more = new HashMap<>(nextOffsets);
    Optional<Integer> epoch = last.leaderEpoch();
    more.put(partition, new OffsetAndMetadata(last.offset() + 1, epoch, ""));
    return more;
  }
}
