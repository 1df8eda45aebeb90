package io.yapok.topology.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.jspecify.annotations.Nullable;

/**
 * Sends a batch's records one by one where Kafka Streams sends the one that stands for them. By then Streams has begun the transaction, and its flush and commit
 * cover every send made here.
 */
final class UnfoldingProducer implements Producer<byte[], byte[]> {
  private final Producer<byte[], byte[]> producer;
  private final Progress progress;

  /** Owns the producer from now on: closing this closes it. */
  UnfoldingProducer(Producer<byte[], byte[]> producer, Progress progress) {
    this.producer = producer;
    this.progress = progress;
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return send(record, null);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    if (!ParcelHeader.isStandIn(record.value())) {
      return producer.send(record, callback);
    }
    if (record.headers().lastHeader(ParcelHeader.KEY) instanceof ParcelHeader(Parcel.OutgoingBatch batch)) {
      return sendEach(batch.records(), callback);
    }
    throw new IllegalStateException("a record for " + record.topic() + " stands for a batch whose records are gone");
  }

  /** Stops at the first error known: what Streams does then (abort the transaction, or fail the task) covers the rest. */
  private Future<RecordMetadata> sendEach(List<ProducerRecord<byte[], byte[]>> records, @Nullable Callback callback) {
    SendCompletion completion = new SendCompletion(records.size(), callback);
    for (int i = 0; i < records.size() && !completion.isCompletedExceptionally(); i++) {
      try {
        var _ = producer.send(records.get(i), completion);
      } catch (RuntimeException e) {
        completion.abandon(e);
        throw e;
      }
    }
    return completion;
  }

  @Override
  public void initTransactions() {
    producer.initTransactions();
  }

  @Override
  public void beginTransaction() {
    producer.beginTransaction();
  }

  @Override
  public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    producer.sendOffsetsToTransaction(offsets, group);
  }

  @Override
  public void commitTransaction() {
    producer.commitTransaction();
    progress.committed();
  }

  @Override
  public void abortTransaction() {
    producer.abortTransaction();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    producer.registerMetricForSubscription(metric);
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    producer.unregisterMetricFromSubscription(metric);
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return producer.partitionsFor(topic);
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return producer.metrics();
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return producer.clientInstanceId(timeout);
  }

  @Override
  public void close() {
    producer.close();
  }

  @Override
  public void close(Duration timeout) {
    producer.close(timeout);
  }
}
