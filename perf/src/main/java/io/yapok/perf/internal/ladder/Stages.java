package io.yapok.perf.internal.ladder;

import io.yapok.model.BoundStep;
import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workloads;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultHeader;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The stages of a rung between the clients, made of the parts that a pipeline's runner is made of. Without the encoder each result is a copy of one that was made
 * beforehand, so that every rung sends as many bytes. Belongs to one thread.
 */
final class Stages implements AutoCloseable {
  private static final long MAX_BATCH_BYTES = 64L << 20;

  private final Rung rung;
  private final CompiledSteps steps;
  private final Batch batch;
  private final RecordDecoder decoder;
  private final ResultEncoder encoder;
  private final List<BoundStep> bound;
  private byte[] template = {};
  private RecordHeaders lastHeaders = new RecordHeaders();
  private List<ResultHeader> lastNames = List.of();
  private long time;

  private Stages(Rung rung, CompiledSteps steps) {
    this.rung = rung;
    this.steps = steps;
    this.batch = new Batch(steps.layout(), MAX_BATCH_BYTES);
    this.decoder = Formats.decoder(steps.document().source().format().label(), steps.source());
    this.encoder = Formats.encoder(steps.document().sink().format().label(), steps.result());
    this.bound = steps.steps().stream().map(step -> step.bind(batch)).toList();
  }

  /** Compiles the rung's document and makes one result for the rungs that encode none. */
  static Stages open(Rung rung, Assignment assignment) {
    Stages stages = new Stages(rung, Steps.compile(PipelineDocument.read(assignment.directory().resolve(Assignment.PIPELINE))));
    stages.makeTemplate(Workloads.named(assignment.workload()).orElseThrow().pool());
    return stages;
  }

  private void makeTemplate(RecordPool pool) {
    decode(pool.key(0), pool.value(0), 0, 0, 0);
    bound.forEach(BoundStep::run);
    template = encoder.encode(batch, 0, System.currentTimeMillis());
    headersOf(0);
  }

  /** Runs as many records from one on as fit a batch, and returns the first that did not. */
  int run(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    int next = records.size();
    if (rung.has(Rung.DECODE)) {
      next = decode(records, from);
    }
    if (rung.has(Rung.MODEL)) {
      for (int i = 0; i < bound.size(); i++) {
        bound.get(i).run();
      }
    }
    time = System.currentTimeMillis();
    return next;
  }

  /** The value of a record's result, a fresh array; counted from the run's first. */
  byte[] value(int record) {
    return rung.has(Rung.ENCODE) ? encoder.encode(batch, record, time) : template.clone();
  }

  /** The headers of its result, which others may have too. */
  RecordHeaders headers(int record) {
    return rung.has(Rung.ENCODE) ? headersOf(record) : lastHeaders;
  }

  private int decode(List<ConsumerRecord<byte[], byte[]>> records, int from) {
    batch.clear();
    for (int i = from; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      int index = batch.addRecord(record.key(), record.value(), record.timestamp(), record.partition(), record.offset(), record);
      if (!decoder.decode(batch)) {
        batch.removeLastRecord();
        return i;
      }
      check(index);
    }
    return records.size();
  }

  private void decode(byte[] key, byte[] value, long timestamp, int partition, long offset) {
    batch.clear();
    int index = batch.addRecord(key, value, timestamp, partition, offset, null);
    if (!decoder.decode(batch)) {
      throw new IllegalStateException("a batch has no room for one record");
    }
    check(index);
  }

  private void check(int index) {
    if (batch.isRejected(index)) {
      throw new IllegalStateException("a record of the benchmark's was rejected: " + batch.rejection(index));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same list says the same
  private RecordHeaders headersOf(int record) {
    List<ResultHeader> names = encoder.headers(batch, record);
    if (names != lastNames) {
      RecordHeaders headers = new RecordHeaders();
      for (ResultHeader name : names) {
        byte[] value = name.value();
        if (value != null) {
          headers.add(new RecordHeader(name.name(), value));
        }
      }
      lastHeaders = headers;
      lastNames = names;
    }
    return lastHeaders;
  }

  @Override
  public void close() {
    bound.forEach(BoundStep::close);
    steps.close();
  }
}
