package io.yapok.topology.internal;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.Reject;
import io.yapok.topology.DeadLetterHeaders;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead-letter topic's records: original key, value and headers, and {@link DeadLetterHeaders}, which say where the record came from and what was wrong.
 */
final class DeadLetters {
  private final String sourceTopic;
  private final PipelineDocument.Rejects destination;
  private final byte[] pipeline;
  private final byte[] version;
  private final Map<String, byte[]> modelOfStep;

  DeadLetters(CompiledSteps steps) {
    PipelineDocument document = steps.document();
    this.sourceTopic = document.source().topic().value();
    this.destination = document.rejects();
    this.pipeline = SendLimits.text(document.name().value());
    this.version = SendLimits.text(steps.version());
    this.modelOfStep = modelOfStep(document, steps.result().models());
  }

  /** The model that each step runs, as {@code NAME/VERSION}. Models stand in the order of the steps that run them. */
  private static Map<String, byte[]> modelOfStep(PipelineDocument document, List<ModelVersion> models) {
    Map<String, byte[]> byStep = new HashMap<>();
    Iterator<ModelVersion> next = models.iterator();
    for (PipelineStep step : document.steps()) {
      if (step instanceof PipelineStep.ModelStep && next.hasNext()) {
        ModelVersion model = next.next();
        byStep.put(step.name().value(), SendLimits.text(model.name() + "/" + model.version()));
      }
    }
    return byStep;
  }

  /**
   * The record to send.
   *
   * @param headers the record's own, copied; they are added to
   * @param limits what may be sent; a larger record becomes a pointer, which has its place and size in headers and no value, and a timestamp that the topic does
   *     not take the nearest that it does
   * @throws RejectedRecordException if the pipeline says {@code rejects: fail}
   */
  ProducerRecord<byte[], byte[]> letter(Origin origin, long timestamp, byte @Nullable [] value, RecordHeaders headers, Reject reject, SendLimits limits) {
    return letter(sourceTopic, origin, timestamp, value, headers, reject, limits);
  }

  /**
   * The record to send for one of another topic than the source.
   *
   * @param from the topic
   */
  ProducerRecord<byte[], byte[]> letter(
      String from, Origin origin, long timestamp, byte @Nullable [] value, RecordHeaders headers, Reject reject, SendLimits limits) {
    switch (destination) {
      case PipelineDocument.Rejects.ToTopic(var topic) -> {
        return letter(topic.value(), from, origin, timestamp, value, headers, reject, limits);
      }
      case PipelineDocument.Rejects.Fail _ -> throw new RejectedRecordException(from, origin.partition(), origin.offset(), reject);
    }
  }

  private ProducerRecord<byte[], byte[]> letter(
      String topic, String from, Origin origin, long timestamp, byte @Nullable [] value, RecordHeaders headers, Reject reject, SendLimits limits) {
    int maxBytes = limits.rejectBytes();
    long time = limits.rejectTimes().nearest(Math.max(0, timestamp), System.currentTimeMillis());
    describe(headers, from, origin, reject);
    if (SendLimits.size(origin.key(), value, headers) <= maxBytes) {
      return new ProducerRecord<>(topic, null, time, origin.key(), value, headers);
    }
    return pointer(topic, from, origin, time, value, reject, maxBytes);
  }

  private ProducerRecord<byte[], byte[]> pointer(String topic, String from, Origin origin, long time, byte @Nullable [] value, Reject reject, int maxBytes) {
    RecordHeaders headers = new RecordHeaders();
    describe(headers, from, origin, reject);
    headers.add(DeadLetterHeaders.SIZE, SendLimits.text(Integer.toString(value == null ? 0 : value.length)));
    byte[] key = SendLimits.size(origin.key(), null, headers) <= maxBytes ? origin.key() : null;
    return new ProducerRecord<>(topic, null, time, key, new byte[0], headers);
  }

  /** The topic first: {@link DeadLetterHeaders} finds by it where the record's own headers end. */
  private void describe(RecordHeaders headers, String from, Origin origin, Reject reject) {
    add(headers, DeadLetterHeaders.ORIGIN_TOPIC, from);
    add(headers, DeadLetterHeaders.ORIGIN_PARTITION, Integer.toString(origin.partition()));
    add(headers, DeadLetterHeaders.ORIGIN_OFFSET, Long.toString(origin.offset()));
    add(headers, DeadLetterHeaders.ERROR_CLASS, Reject.class.getName());
    add(headers, DeadLetterHeaders.ERROR_MESSAGE, reject.message());
    add(headers, DeadLetterHeaders.REASON, reject.reason().code());
    add(headers, DeadLetterHeaders.STEP, reject.step());
    add(headers, DeadLetterHeaders.FIELD, reject.field());
    add(headers, DeadLetterHeaders.MESSAGE, reject.message());
    headers.add(DeadLetterHeaders.PIPELINE, pipeline);
    headers.add(DeadLetterHeaders.PIPELINE_VERSION, version);
    byte[] model = modelOfStep.get(reject.step());
    if (model != null) {
      headers.add(DeadLetterHeaders.MODEL, model);
    }
  }

  private static void add(RecordHeaders headers, String key, String value) {
    headers.add(key, SendLimits.text(value));
  }
}
