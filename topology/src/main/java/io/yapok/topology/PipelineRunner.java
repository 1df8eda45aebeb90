package io.yapok.topology;

import io.yapok.model.BoundStep;
import io.yapok.model.CompiledSteps;
import io.yapok.model.Step;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RejectedException;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.WriterSchemas;
import io.yapok.state.Repetition;
import io.yapok.state.StoredAnswer;
import io.yapok.state.TableJoin;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record's path, without Kafka: decode, recall, join, steps, remember, encode. The stream processor, the {@code score} command and the benchmarks all run records
 * through this one object.
 *
 * <p>Belongs to one thread, which also closes it. Buffers and tensors are kept from run to run.
 */
public final class PipelineRunner implements AutoCloseable {
  private static final long MAX_BATCH_BYTES = 64L << 20;
  private static final ResultHeader DUPLICATE = new ResultHeader("yapok-duplicate", "true".getBytes(StandardCharsets.UTF_8));

  private final CompiledSteps steps;
  private final InstantSource clock;
  private final boolean passTombstones;
  private final boolean dedupes;
  private final Batch batch;
  private final RecordDecoder decoder;
  private final @Nullable String header;
  private final List<TableJoin> joins;
  private final List<BoundStep> bound;
  private final @Nullable BoundStep only;
  private final ResultEncoder encoder;

  /** Records to run, in order; read once each, by the thread that runs them. */
  public interface Records {
    int size();

    byte @Nullable [] key(int index);

    byte @Nullable [] value(int index);

    /** Milliseconds since the epoch. */
    long timestamp(int index);

    int partition(int index);

    long offset(int index);

    /** The last header of this name, for formats that need one; null if the record has none. */
    default byte @Nullable [] header(int index, String name) {
      return null;
    }

    /** Comes back as {@link Batch#origin}. */
    @Nullable Object origin(int index);
  }

  /** Takes what became of each record, in the records' order. */
  public interface Answers {
    /**
     * A record was answered. Whoever takes it and cannot send it rejects it in the batch too, so that it does not count as answered.
     *
     * @param value a fresh array, or that of the record's like; null for a tombstone that is passed on
     * @param headers what the sink's format says beside the value: {@link ResultEncoder#headers}
     */
    void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers);

    /** A record was not. */
    void reject(Batch batch, int record, Reject reject);

    /** A record repeats one that was answered; its result is that one's, and comes too. */
    default void duplicate(Batch batch, int record) {}

    /** A record could be answered and its result is none that the sink takes ({@code sink.only}): it is not encoded. */
    default void filter(Batch batch, int record) {}

    /** Every record of this batch has been handed over; its times stand in {@link Batch#elapsedNanos}. A run has one batch or more. */
    default void batchDone(Batch batch) {}

    /** Every record of the run has been handed over: deliver them. State is stored after this has returned. */
    default void deliver() {}
  }

  /** A runner of these steps, which stay open for as long as it is. */
  public PipelineRunner(CompiledSteps steps) {
    this(steps, InstantSource.system());
  }

  /**
   * A runner of these steps, which stay open for as long as it is.
   *
   * @param schemas where records name the schemas that they were written with
   */
  public PipelineRunner(CompiledSteps steps, WriterSchemas schemas) {
    this(steps, InstantSource.system(), MAX_BATCH_BYTES, schemas);
  }

  /** A runner whose results carry the time of this clock. */
  public PipelineRunner(CompiledSteps steps, InstantSource clock) {
    this(steps, clock, MAX_BATCH_BYTES);
  }

  PipelineRunner(CompiledSteps steps, InstantSource clock, long maxBatchBytes) {
    this(steps, clock, maxBatchBytes, WriterSchemas.NONE);
  }

  private PipelineRunner(CompiledSteps steps, InstantSource clock, long maxBatchBytes, WriterSchemas schemas) {
    PipelineDocument document = steps.document();
    String source = document.source().format().label();
    this.steps = steps;
    this.clock = clock;
    this.passTombstones = document.source().tombstone() == PipelineDocument.Tombstone.PASS;
    this.dedupes = steps.state().dedupe() != null;
    this.batch = new Batch(steps.layout(), maxBatchBytes);
    this.decoder = Formats.decoder(source, steps.source(), schemas);
    this.header = decoder.header();
    this.encoder = Formats.encoder(document.sink().format().label(), steps.result(), source, schemas);
    this.joins = steps.tables().stream().map(table -> new TableJoin(table, batch, schemas)).toList();
    this.bound = bind(steps.steps(), batch);
    this.only = steps.only() == null ? null : steps.only().step().bind(batch);
  }

  /** The steps that this runs. */
  public CompiledSteps steps() {
    return steps;
  }

  /** Runs records through a pipeline without tables; each is answered or rejected once. What is thrown is no record's fault, and then nothing has been stored. */
  public void run(Records records, Memory memory, Answers answers) {
    run(records, memory, Tables.NONE, answers);
  }

  /** Runs records through the pipeline; each is answered or rejected once. What is thrown is no record's fault, and then nothing has been stored. */
  public void run(Records records, Memory memory, Tables tables, Answers answers) {
    memory.begin();
    int next = 0;
    while (next < records.size()) {
      next = decode(records, next, memory);
      memory.recall(batch, steps.state());
      joins.forEach(join -> join.join(tables.rows(join.table().table())));
      runSteps();
      memory.remember(batch);
      encode(memory, answers);
    }
    answers.deliver();
    memory.write();
  }

  /** Decodes as many records as one batch holds, and returns the first that it does not. A record that repeats one of the batch, which has no answer yet, is left to the next one. */
  private int decode(Records records, int from, Memory memory) {
    long start = System.nanoTime();
    batch.clear();
    memory.beginBatch();
    int next = from;
    while (next < records.size() && decodeOne(records, next, memory)) {
      next++;
    }
    batch.addElapsed(start, System.nanoTime());
    return next;
  }

  private boolean decodeOne(Records records, int index, Memory memory) {
    byte[] value = records.value(index);
    byte[] key = records.key(index);
    long timestamp = records.timestamp(index);
    int record = batch.addRecord(key, value, timestamp, records.partition(index), records.offset(index), records.origin(index));
    if (header != null) {
      batch.setHeader(records.header(index, header));
    }
    if (timestamp < 0) {
      batch.reject(record, new Reject(RejectReason.NEGATIVE_TIMESTAMP, Reject.SOURCE, "", "the timestamp is " + timestamp));
    } else if (value == null && passTombstones) {
      batch.endRecord(0);
      if (dedupes) {
        memory.repetition(batch, steps.state()); // it makes its key one that was never seen
      }
    } else if (!decoder.decode(batch) || (dedupes && memory.repetition(batch, steps.state()) == Repetition.PENDING)) {
      takeBack();
      return false;
    }
    return true;
  }

  private void takeBack() {
    batch.removeLastRecord();
    if (batch.records() == 0) {
      throw new IllegalStateException("the decoder has no room in an empty batch");
    }
  }

  private void runSteps() {
    long start = System.nanoTime();
    for (int i = 0; i < bound.size(); i++) {
      if (batch.rows() > 0) {
        bound.get(i).run();
      }
      long end = System.nanoTime();
      batch.addElapsed(start, end);
      start = end;
    }
  }

  private void encode(Memory memory, Answers answers) {
    long time = clock.millis();
    if (only != null && batch.rows() > 0) {
      only.run();
    }
    for (int record = 0; record < batch.records(); record++) {
      Reject reject = batch.rejection(record);
      StoredAnswer earlier = dedupes ? memory.earlier(record) : null;
      if (reject != null) {
        answers.reject(batch, record, reject);
      } else if (batch.value(record) == null) {
        answers.result(batch, record, null, List.of());
      } else if (earlier != null) {
        repeat(record, earlier, answers);
      } else if (!isWanted(record)) {
        keepBack(record, memory, answers);
      } else {
        encodeOne(record, time, memory, answers);
      }
    }
    answers.batchDone(batch);
  }

  private boolean isWanted(int record) {
    CompiledSteps.SinkCondition condition = steps.only();
    if (condition == null) {
      return true;
    }
    ByteBuffer truths = batch.column(condition.slot()).bytes();
    for (int row = batch.rowStart(record); row < batch.rowEnd(record); row++) {
      if (truths.get(row) != 0) {
        return true;
      }
    }
    return false;
  }

  private void repeat(int record, StoredAnswer earlier, Answers answers) {
    answers.duplicate(batch, record);
    if (earlier.value() == null) {
      answers.filter(batch, record);
      return;
    }
    List<ResultHeader> headers = new ArrayList<>(earlier.headers());
    headers.add(DUPLICATE);
    answers.result(batch, record, earlier.value(), headers);
  }

  private void encodeOne(int record, long time, Memory memory, Answers answers) {
    byte[] value;
    try {
      value = encoder.encode(batch, record, time);
    } catch (RejectedException e) {
      batch.reject(record, e.reject());
      answers.reject(batch, record, e.reject());
      return;
    }
    List<ResultHeader> headers = encoder.headers(batch, record);
    answers.result(batch, record, value, headers);
    if (dedupes && !batch.isRejected(record)) {
      memory.answered(record, new StoredAnswer(value, headers));
    }
  }

  private void keepBack(int record, Memory memory, Answers answers) {
    answers.filter(batch, record);
    if (dedupes) {
      memory.answered(record, StoredAnswer.KEPT_BACK);
    }
  }

  private static List<BoundStep> bind(List<Step> steps, Batch batch) {
    List<BoundStep> bound = new ArrayList<>(steps.size());
    for (Step step : steps) {
      bound.add(step.bind(batch));
    }
    return List.copyOf(bound);
  }

  /** Frees tensors; the steps stay open. */
  @Override
  public void close() {
    bound.forEach(BoundStep::close);
    if (only != null) {
      only.close();
    }
  }
}
