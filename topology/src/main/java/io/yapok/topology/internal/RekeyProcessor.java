package io.yapok.topology.internal;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.topology.KeyField;
import io.yapok.topology.internal.trace.TaskTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives each record the key that {@code source.key} names and sends it on to the repartition topic, a batch at a time. A record without that field goes to the
 * dead-letter topic from here.
 */
final class RekeyProcessor implements Processor<byte[], Parcel, byte[], Parcel> {
  static final String REJECTS = "rekey-rejects";

  private final Engine engine;
  private final String child;
  private final String repartitionTopic;
  private final KeyField field;
  private final List<RejectReason> reasons = new ArrayList<>();

  private CompiledSteps steps;
  private DeadLetters deadLetters;
  private @Nullable ProcessorContext<byte[], Parcel> context;
  private @Nullable Outlet keyed;
  private @Nullable Outlet rejects;
  private TaskTrace trace = TaskTrace.NONE;

  /**
   * A processor.
   *
   * @param child the node that leads to the repartition topic
   * @param repartitionTopic its whole name
   */
  RekeyProcessor(Engine engine, String child, String repartitionTopic) {
    PipelineDocument document = engine.pipeline().document();
    this.engine = engine;
    this.child = child;
    this.repartitionTopic = repartitionTopic;
    this.field = new KeyField(document.source().format(), Objects.requireNonNull(document.source().key()).value(), engine.schemas());
    this.steps = engine.pipeline().current();
    this.deadLetters = new DeadLetters(steps);
  }

  @Override
  public void init(ProcessorContext<byte[], Parcel> given) {
    context = given;
    trace = engine.trace(given.applicationId());
    keyed = new Outlet(given, child, engine.clients().unfolds());
    rejects = new Outlet(given, REJECTS, engine.clients().unfolds());
  }

  @Override
  public void process(Record<byte[], Parcel> record) {
    engine.progress().polled(); // a commit between two batches of a poll has not done this one
    Outlet onward = Objects.requireNonNull(keyed);
    Outlet refused = Objects.requireNonNull(rejects);
    if (!engine.pipeline().isCurrent(steps)) {
      steps = engine.pipeline().current();
      deadLetters = new DeadLetters(steps);
    }
    onward.clear();
    refused.clear();
    reasons.clear();
    List<ConsumerRecord<byte[], byte[]>> records = Incoming.records(record, context);
    trace.begin(steps, records);
    try {
      records.forEach(consumed -> route(consumed, onward, refused));
      deliver(onward, refused);
      trace.succeeded();
    } finally {
      trace.end();
    }
  }

  private void deliver(Outlet onward, Outlet refused) {
    int rejected = refused.size();
    onward.forward();
    refused.forward();
    engine.counters().delivered(rejected, 0, 0); // those that go on are counted where they are answered
    reasons.forEach(engine.counters()::rejectedFor);
  }

  private void route(ConsumerRecord<byte[], byte[]> consumed, Outlet onward, Outlet refused) {
    Reject reject = consumed.timestamp() < 0 ? negative(consumed.timestamp()) : field.read(consumed.value());
    if (reject != null) {
      Origin origin = Origin.of(consumed);
      RecordHeaders headers = new RecordHeaders(consumed.headers());
      trace.rejected(consumed, headers, reject);
      refused.add(deadLetters.letter(origin, consumed.timestamp(), consumed.value(), headers, reject, engine.limits()));
      reasons.add(reject.reason());
    } else {
      RecordHeaders headers = Origin.of(consumed).addedTo(consumed.headers());
      trace.sent(consumed, headers);
      onward.add(new ProducerRecord<>(repartitionTopic, null, consumed.timestamp(), field.key(), consumed.value(), headers));
    }
  }

  @Override
  public void close() {
    engine.progress().gaveUp();
  }

  private static Reject negative(long timestamp) {
    return new Reject(RejectReason.NEGATIVE_TIMESTAMP, Reject.SOURCE, "", "the timestamp is " + timestamp);
  }
}
