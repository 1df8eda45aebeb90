package io.yapok.topology.internal;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the batch out of the headers of the record that stands for it. It only unwraps: Kafka Streams calls it for the next batch before the processor has seen
 * this one.
 */
public final class ParcelDeserializer implements Deserializer<Parcel> {
  /**
   * The batch, or a single record where the interceptor did not fold (it is missing, or it threw and Kafka carried on without it).
   *
   * @throws IllegalStateException if a record stands for a batch that is not there: going on would lose the batch
   */
  @Override
  public Parcel deserialize(String topic, Headers headers, byte @Nullable [] data) {
    if (ParcelHeader.isStandIn(data)) {
      return batch(topic, headers);
    }
    return new Parcel.IncomingRecord(data);
  }

  /** Not called by Kafka Streams, which has headers; a single record all the same. */
  @Override
  public Parcel deserialize(String topic, byte @Nullable [] data) {
    return new Parcel.IncomingRecord(data);
  }

  private static Parcel batch(String topic, Headers headers) {
    if (headers.lastHeader(ParcelHeader.KEY) instanceof ParcelHeader(Parcel.IncomingBatch batch)) {
      // Else whatever keeps these headers (a store's cache, a changelog record) keeps the batch.
      headers.remove(ParcelHeader.KEY);
      return batch;
    }
    throw new IllegalStateException("a record of " + topic + " stands for a batch whose records are gone");
  }
}
