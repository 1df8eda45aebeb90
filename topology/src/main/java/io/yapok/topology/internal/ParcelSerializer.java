package io.yapok.topology.internal;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Puts an outgoing batch into the headers of the record that stands for it, where {@link UnfoldingProducer} finds it. */
public final class ParcelSerializer implements Serializer<Parcel> {
  @Override
  public byte @Nullable [] serialize(String topic, Headers headers, Parcel parcel) {
    return switch (parcel) {
      case Parcel.OutgoingBatch batch -> {
        headers.add(new ParcelHeader(batch));
        yield ParcelHeader.STAND_IN;
      }
      case Parcel.OutgoingRecord record -> record.value();
      case Parcel.IncomingBatch _, Parcel.IncomingRecord _, Parcel.TableRecord _ -> throw new IllegalStateException("what came in is not sent to " + topic + " as it is");
    };
  }

  /** Not called by Kafka Streams. */
  @Override
  public byte @Nullable [] serialize(String topic, Parcel parcel) {
    throw new IllegalStateException("a batch for " + topic + " needs headers to travel in");
  }
}
