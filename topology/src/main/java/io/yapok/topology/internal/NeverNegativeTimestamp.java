package io.yapok.topology.internal;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Public, since Kafka Streams makes one by its class name. A record's own timestamp, or 0: Kafka Streams drops a record whose timestamp is negative without a word, and with it a whole batch. */
public final class NeverNegativeTimestamp implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }
}
