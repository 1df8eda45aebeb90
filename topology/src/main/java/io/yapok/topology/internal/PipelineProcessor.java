package io.yapok.topology.internal;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.internal.trace.TaskTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Hands each batch to the runner and forwards what comes of it. Kafka Streams makes one for each task, calls it from the task's thread, and commits only between
 * two calls of {@link #process}, so offsets, state and results of a batch are one transaction.
 */
final class PipelineProcessor implements Processor<byte[], Parcel, byte[], Parcel>, PipelineRunner.Answers {
  private final Engine engine;
  private final SourceRecords source;
  private final Function<ProcessorContext<?, ?>, Memory> memories;
  private final JoinedStores tableStores;
  private final String sinkTopic;
  private final ResultHeaders resultHeaders;
  private final String resultsChild;
  private final String rejectsChild;

  // What init sets, on the task's thread.
  private @Nullable ProcessorContext<byte[], Parcel> context;
  private Engine.@Nullable ThreadRunner thread;
  private Memory memory = Memory.NONE;
  private @Nullable IdleKeys idleKeys;
  private @Nullable TableIntake intake;
  private TaskTrace trace = TaskTrace.NONE;
  private @Nullable Outlet results;
  private @Nullable Outlet rejects;

  // What belongs to the steps that ran last.
  private @Nullable PipelineRunner lastRunner;
  private @Nullable DeadLetters deadLetters;
  private LongAdder[] stageNanos = new LongAdder[0];

  private long batchMillis;
  private int filtered;

  /** Reasons of the batch's rejects, counted when the batch has been forwarded. */
  private final List<RejectReason> reasons = new ArrayList<>();

  PipelineProcessor(Engine engine, boolean repartitioned, Function<ProcessorContext<?, ?>, Memory> memories, JoinedStores tableStores, String resultsChild, String rejectsChild) {
    this.engine = engine;
    this.source = new SourceRecords(repartitioned);
    this.memories = memories;
    this.tableStores = tableStores;
    this.resultHeaders = new ResultHeaders(new CloudEvents(engine.pipeline().document()));
    this.sinkTopic = engine.pipeline().document().sink().topic().value();
    this.resultsChild = resultsChild;
    this.rejectsChild = rejectsChild;
  }

  @Override
  public void init(ProcessorContext<byte[], Parcel> given) {
    boolean folded = engine.clients().unfolds();
    context = given;
    memory = memories.apply(given);
    idleKeys = new IdleKeys(given, engine, memory);
    intake = new TableIntake(engine, tableStores.open(given));
    results = new Outlet(given, resultsChild, folded);
    rejects = new Outlet(given, rejectsChild, folded);
    trace = engine.trace(given.applicationId());
    thread = engine.acquire();
  }

  @Override
  public void process(Record<byte[], Parcel> record) {
    engine.progress().polled(); // a commit between two batches of a poll has not done this one
    PipelineRunner runner = runner();
    if (record.value() instanceof Parcel.TableRecord row) {
      put(row, record);
      return;
    }
    List<ConsumerRecord<byte[], byte[]>> records = Incoming.records(record, context);
    source.show(records);
    forget();
    batchMillis = System.currentTimeMillis();
    long start = System.nanoTime();
    trace.begin(runner.steps(), records);
    try {
      runner.run(source, memory, intake().tables(), this);
      trace.succeeded();
    } finally {
      trace.end();
    }
    engine.pace().measured(source.size(), System.nanoTime() - start);
    source.show(List.of());
    idleKeys().ran(runner.steps().state(), records, record.timestamp(), batchMillis);
  }

  @Override
  public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> added) {
    ConsumerRecord<byte[], byte[]> origin = consumed(batch, record);
    RecordHeaders headers = resultHeaders.of(source, origin, added);
    long size = SendLimits.size(batch.key(record), value, resultHeaders.size(headers));
    int most = engine.limits().resultBytes();
    if (size > most) {
      reject(batch, record, new Reject(RejectReason.RESULT_TOO_LARGE, Reject.SINK, "", "the result takes " + size + " bytes and the sink at most " + most));
      return;
    }
    if (!engine.limits().resultTimes().allow(batch.timestamp(record), batchMillis)) {
      reject(batch, record, new Reject(RejectReason.TIMESTAMP_REFUSED, Reject.SINK, "", "the sink does not take the timestamp " + batch.timestamp(record)));
      return;
    }
    trace.sent(origin, headers);
    results().add(new ProducerRecord<>(sinkTopic, partition(batch, record), batch.timestamp(record), batch.key(record), value, headers));
  }

  @Override
  public void reject(Batch batch, int record, Reject reject) {
    batch.reject(record, reject); // where the steps had answered it: its duplicates are to be tried again
    ConsumerRecord<byte[], byte[]> origin = consumed(batch, record);
    RecordHeaders headers = source.headersOf(origin);
    trace.rejected(origin, headers, reject);
    rejects().add(deadLetters().letter(source.sourceOf(origin), batch.timestamp(record), batch.value(record), headers, reject, engine.limits()));
    reasons.add(reject.reason());
  }

  @Override
  public void duplicate(Batch batch, int record) {
    engine.counters().duplicate();
  }

  @Override
  public void filter(Batch batch, int record) {
    trace.filtered(consumed(batch, record));
    filtered++;
  }

  @Override
  public void batchDone(Batch batch) {
    for (int stage = 0; stage < batch.elapsedCount(); stage++) {
      stageNanos[stage].add(batch.elapsedNanos(stage));
    }
    engine.counters().ran(batch.records(), batch.rows());
    trace.ran(batch);
  }

  @Override
  public void deliver() {
    int answered = results().size();
    results().forward();
    rejects().forward();
    engine.counters().delivered(source.size(), answered, filtered);
    reasons.forEach(engine.counters()::rejectedFor);
  }

  /** Puts a row into its table; one that is no row goes to the dead-letter topic. */
  private void put(Parcel.TableRecord row, Record<byte[], Parcel> record) {
    Reject reject = intake().put(record.key(), row);
    if (reject != null) {
      forget();
      ConsumerRecord<byte[], byte[]> consumed = Incoming.single(record.key(), row.value(), row.timestamp(), record.headers(), context);
      RecordHeaders headers = new RecordHeaders(record.headers());
      rejects().add(deadLetters().letter(row.topic(), Origin.of(consumed), row.timestamp(), row.value(), headers, reject, engine.limits()));
      rejects().forward();
      engine.counters().refusedRow();
    }
  }

  /** A result without a key goes where its record's neighbours go, so that a source partition's order is kept; with a key, Kafka's partitioner decides. */
  private @Nullable Integer partition(Batch batch, int record) {
    int partitions = engine.limits().sinkPartitions();
    return batch.key(record) != null || partitions == 0 ? null : Math.floorMod(batch.partition(record), partitions);
  }

  private PipelineRunner runner() {
    if (thread == null) {
      throw new IllegalStateException("init comes first");
    }
    PipelineRunner runner = thread.current();
    if (runner != lastRunner) {
      lastRunner = runner;
      use(runner.steps());
    }
    return runner;
  }

  private void use(CompiledSteps now) {
    deadLetters = new DeadLetters(now);
    stageNanos = new LongAdder[now.steps().size() + 1];
    stageNanos[0] = engine.counters().stage("decode");
    for (int i = 0; i < now.steps().size(); i++) {
      stageNanos[i + 1] = engine.counters().stage(now.steps().get(i).name());
    }
  }

  /** What a batch that failed has left; its task may be revived. */
  private void forget() {
    results().clear();
    rejects().clear();
    reasons.clear();
    filtered = 0;
  }

  @SuppressWarnings("unchecked") // SourceRecords gives nothing else
  private static ConsumerRecord<byte[], byte[]> consumed(Batch batch, int record) {
    Object origin = Objects.requireNonNull(batch.origin(record));
    return (ConsumerRecord<byte[], byte[]>) origin;
  }

  private IdleKeys idleKeys() {
    return Objects.requireNonNull(idleKeys);
  }

  private TableIntake intake() {
    return Objects.requireNonNull(intake);
  }

  private Outlet results() {
    return Objects.requireNonNull(results);
  }

  private Outlet rejects() {
    return Objects.requireNonNull(rejects);
  }

  private DeadLetters deadLetters() {
    return Objects.requireNonNull(deadLetters);
  }

  @Override
  public void close() {
    Engine.ThreadRunner held = thread;
    Memory remembered = memory;
    thread = null;
    memory = Memory.NONE;
    if (idleKeys != null) {
      idleKeys.close();
    }
    if (held != null) {
      engine.progress().gaveUp();
      engine.release(held);
    }
    remembered.close(); // last: it writes what is not on disk yet, and a disk may be full
  }
}
