package io.yapok.topology.internal;

import io.yapok.topology.PipelineRunner;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A fold's records as the runner reads them. With a re-keyed pipeline they come from the repartition topic and tell of the source. */
public final class SourceRecords implements PipelineRunner.Records {
  private final boolean repartitioned;
  private List<ConsumerRecord<byte[], byte[]>> records = List.of();

  SourceRecords(boolean repartitioned) {
    this.repartitioned = repartitioned;
  }

  /** These records, as they came from a source topic. */
  public static SourceRecords of(List<ConsumerRecord<byte[], byte[]>> records) {
    SourceRecords shown = new SourceRecords(false);
    shown.show(records);
    return shown;
  }

  /** Shows these records from now on. */
  void show(List<ConsumerRecord<byte[], byte[]>> shown) {
    records = shown;
  }

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public byte @Nullable [] key(int index) {
    return records.get(index).key();
  }

  @Override
  public byte @Nullable [] value(int index) {
    return records.get(index).value();
  }

  @Override
  public long timestamp(int index) {
    return records.get(index).timestamp();
  }

  @Override
  public int partition(int index) {
    ConsumerRecord<byte[], byte[]> record = records.get(index);
    return repartitioned ? Origin.read(record).partition() : record.partition();
  }

  @Override
  public long offset(int index) {
    ConsumerRecord<byte[], byte[]> record = records.get(index);
    return repartitioned ? Origin.read(record).offset() : record.offset();
  }

  @Override
  public byte @Nullable [] header(int index, String name) {
    Header header = records.get(index).headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  /** The Kafka record itself. */
  @Override
  public Object origin(int index) {
    return records.get(index);
  }

  /** Where a record shown here came from. */
  Origin sourceOf(ConsumerRecord<byte[], byte[]> record) {
    return repartitioned ? Origin.read(record) : Origin.of(record);
  }

  /** Whether a record may have had headers at the source; never false if it had. */
  boolean hasHeaders(ConsumerRecord<byte[], byte[]> record) {
    return repartitioned || record.headers().iterator().hasNext();
  }

  /** A copy of a record's headers as they were at the source: never the record's own object, which others may keep. */
  RecordHeaders headersOf(ConsumerRecord<byte[], byte[]> record) {
    return repartitioned ? Origin.removedFrom(record.headers()) : new RecordHeaders(record.headers());
  }
}
