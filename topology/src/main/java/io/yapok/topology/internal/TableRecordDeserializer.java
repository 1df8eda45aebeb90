package io.yapok.topology.internal;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Says of a record of a table's topic that it is one, so that the processor that joins can tell it from what it is joined with. */
final class TableRecordDeserializer implements Deserializer<Parcel> {
  @Override
  public Parcel deserialize(String topic, byte @Nullable [] data) {
    return new Parcel.TableRecord(topic, data);
  }
}
