package io.yapok.topology.internal;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Lets a task take what there is of its tables before any record of the source: Kafka Streams takes from the partition whose next record has the lowest timestamp. In
 * the order of timestamps a row that comes late, by its timestamp, would be seen or not as polls happened to cut the batches. The record's own timestamp is noted in
 * its value, for the versions of its row.
 */
final class TablesFirst implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    if (record.value() instanceof Parcel.TableRecord row) {
      row.setTimestamp(Math.max(0, record.timestamp()));
    }
    return 0;
  }
}
