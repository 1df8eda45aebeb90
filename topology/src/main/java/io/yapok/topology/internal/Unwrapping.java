package io.yapok.topology.internal;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Gives a user's stream the plain bytes of what the pipeline's processor forwards one by one. */
public final class Unwrapping implements Processor<byte[], Parcel, byte[], byte[]> {
  private @Nullable ProcessorContext<byte[], byte[]> context;

  @Override
  public void init(ProcessorContext<byte[], byte[]> given) {
    context = given;
  }

  @Override
  public void process(Record<byte[], Parcel> record) {
    if (record.value() instanceof Parcel.OutgoingRecord(var value, _)) {
      Objects.requireNonNull(context).forward(record.withValue(value));
    } else {
      throw new IllegalStateException("inside a user's stream records go one by one");
    }
  }
}
