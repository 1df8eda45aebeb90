package io.yapok.topology.internal;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** What a Streams record stands for: a batch, or itself alone. */
final class Incoming {
  private Incoming() {}

  static List<ConsumerRecord<byte[], byte[]>> records(Record<byte[], Parcel> record, @Nullable ProcessorContext<?, ?> context) {
    return switch (record.value()) {
      case Parcel.IncomingBatch(var records) -> records;
      case Parcel.IncomingRecord(var value) -> List.of(single(record.key(), value, record.timestamp(), record.headers(), context));
      case Parcel.TableRecord _ -> throw new IllegalStateException("a table's record is not scored");
      case Parcel.OutgoingBatch _, Parcel.OutgoingRecord _ -> throw new IllegalStateException("what goes out does not come in");
    };
  }

  /** A record as it would have come from a consumer; without metadata, as one that a punctuator forwarded has none, its place is unknown (-1). */
  static ConsumerRecord<byte[], byte[]> single(
      byte @Nullable [] key, byte @Nullable [] value, long timestamp, Headers headers, @Nullable ProcessorContext<?, ?> context) {
    Optional<RecordMetadata> metadata = context == null ? Optional.empty() : context.recordMetadata();
    return new ConsumerRecord<>(
        metadata.map(RecordMetadata::topic).orElse(""),
        metadata.map(RecordMetadata::partition).orElse(-1),
        metadata.map(RecordMetadata::offset).orElse(-1L),
        timestamp,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
