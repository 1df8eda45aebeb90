package io.yapok.topology.internal;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What Kafka Streams takes for a record's value in a topology of ours. Batches go through it as one record; single records do where a client hook is missing. */
public sealed interface Parcel {
  /**
   * What one poll returned for a partition, or a piece of it.
   *
   * @param records in offset order, never empty; a view of the poll's own list
   */
  record IncomingBatch(List<ConsumerRecord<byte[], byte[]>> records) implements Parcel {
    public IncomingBatch {
      if (records.isEmpty()) {
        throw new IllegalArgumentException("a batch has records");
      }
    }
  }

  /** One record's value, as it stands on the topic; key, timestamp and headers are the Streams record's own. */
  record IncomingRecord(byte @Nullable [] value) implements Parcel {}

  /** A record of a table's topic, to be put into the table. Its timestamp is noted when Kafka Streams asks for it, right after it was deserialized. */
  final class TableRecord implements Parcel {
    private final String topic;
    private final byte @Nullable [] value;
    private long timestamp;

    TableRecord(String topic, byte @Nullable [] value) {
      this.topic = topic;
      this.value = value;
    }

    String topic() {
      return topic;
    }

    /** The row; null where the key has none any more. */
    byte @Nullable [] value() {
      return value;
    }

    /** The record's own, in milliseconds since the epoch. */
    long timestamp() {
      return timestamp;
    }

    void setTimestamp(long millis) {
      timestamp = millis;
    }
  }

  /**
   * What leaves for one sink, to be sent one by one.
   *
   * @param records in the order to send them, never empty; handed over: nobody changes the list any more
   */
  record OutgoingBatch(List<ProducerRecord<byte[], byte[]>> records) implements Parcel {
    public OutgoingBatch {
      if (records.isEmpty()) {
        throw new IllegalArgumentException("a batch has records");
      }
    }
  }

  /**
   * One value to send as it is; key, timestamp and headers are the Streams record's own.
   *
   * @param partition to send it to; null leaves that to Kafka's partitioner
   */
  record OutgoingRecord(byte @Nullable [] value, @Nullable Integer partition) implements Parcel {}
}
