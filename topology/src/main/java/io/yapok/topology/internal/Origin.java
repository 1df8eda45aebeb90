package io.yapok.topology.internal;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from, and its key there. A pipeline that re-keys writes it into a header of the repartition topic's records, so that results and rejects
 * can name the source rather than the topic between.
 */
record Origin(int partition, long offset, byte @Nullable [] key) {
  private static final String KEY = "yapok.origin";

  static Origin of(ConsumerRecord<byte[], byte[]> record) {
    return new Origin(record.partition(), record.offset(), record.key());
  }

  /** What a record of the repartition topic says of its origin. */
  static Origin read(ConsumerRecord<byte[], byte[]> repartitioned) {
    Header header = repartitioned.headers().lastHeader(KEY);
    if (header == null) {
      throw new IllegalStateException("a record of " + repartitioned.topic() + " does not say where it came from; is something else writing there?");
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value());
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    boolean hasKey = bytes.get() == 1;
    byte[] key = new byte[bytes.remaining()];
    bytes.get(key);
    return new Origin(partition, offset, hasKey ? key : null);
  }

  /** The record's headers with this added. */
  RecordHeaders addedTo(Headers headers) {
    int keyBytes = key == null ? 0 : key.length;
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + 1 + keyBytes);
    bytes.putInt(partition).putLong(offset).put((byte) (key == null ? 0 : 1));
    if (key != null) {
      bytes.put(key);
    }
    RecordHeaders added = new RecordHeaders(headers);
    added.add(KEY, bytes.array());
    return added;
  }

  /** A copy of a repartitioned record's headers as they were at the source: without the last of this name, which is ours. */
  @SuppressWarnings("ReferenceEquality") // a header of the user's may be equal to ours
  static RecordHeaders removedFrom(Headers headers) {
    RecordHeaders original = new RecordHeaders();
    Header ours = headers.lastHeader(KEY);
    for (Header header : headers) {
      if (header != ours) {
        original.add(header);
      }
    }
    return original;
  }
}
