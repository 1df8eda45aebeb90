package io.yapok.topology.internal;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One child node of a processor, and what goes to it for the batch at hand: as one record where the producer unfolds, else one by one. Belongs to a task and so to
 * one thread at a time.
 */
final class Outlet {
  /** Not null: Kafka Streams drops records without a key on the way to a repartition topic. */
  private static final byte[] NO_KEY = {};

  private final ProcessorContext<byte[], Parcel> context;
  private final String child;
  private final boolean folded;
  private List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

  Outlet(ProcessorContext<byte[], Parcel> context, String child, boolean folded) {
    this.context = context;
    this.child = child;
    this.folded = folded;
  }

  void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
  }

  int size() {
    return records.size();
  }

  /** Forgets what a batch that failed has left. */
  void clear() {
    records.clear();
  }

  /** Forwards what has been added. */
  void forward() {
    if (records.isEmpty()) {
      return;
    }
    if (folded) {
      forwardBatch();
    } else {
      records.forEach(this::forwardOne);
      records.clear();
    }
  }

  private void forwardBatch() {
    List<ProducerRecord<byte[], byte[]>> batch = records;
    records = new ArrayList<>(batch.size());
    context.forward(new Record<>(NO_KEY, new Parcel.OutgoingBatch(batch), batch.getFirst().timestamp(), new RecordHeaders()), child);
  }

  private void forwardOne(ProducerRecord<byte[], byte[]> record) {
    context.forward(
        new Record<>(record.key(), new Parcel.OutgoingRecord(record.value(), record.partition()), record.timestamp(), record.headers()), child);
  }
}
