package io.yapok.app.internal.score;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.Memory;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline's steps over lines, in the batches that the document allows; answers come in the lines' order. The very steps that run on Kafka. State is kept
 * in memory and is gone at the end. One thread's.
 */
public final class Scorer {
  private final CompiledSteps steps;
  private final LineKeys keys;
  private final LineTimes times;
  private final Memory memory;
  private final Tables tables;
  private final InstantSource clock;

  /** Takes a rejected record. */
  public interface RejectSink {
    /**
     * Called in the lines' order.
     *
     * @param line counted from 1, blank ones included
     */
    void reject(long line, Reject reject, byte[] record);
  }

  /** Told now and then how far it has come. */
  public interface Progress {
    void at(long records, long bytes);
  }

  /** A scorer for these steps, which have no tables and stay open for as long as it runs; all lines carry one timestamp, the present one. */
  public Scorer(CompiledSteps steps, LineKeys keys, Memory memory, InstantSource clock) {
    this(steps, keys, LineTimes.always(clock.millis()), memory, Tables.NONE, clock);
  }

  /** A scorer for these steps, which stay open for as long as it runs. */
  public Scorer(CompiledSteps steps, LineKeys keys, LineTimes times, Memory memory, Tables tables, InstantSource clock) {
    this.steps = steps;
    this.keys = keys;
    this.times = times;
    this.memory = memory;
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * Scores a whole input.
   *
   * @param in lines of the source's format; the caller closes it
   * @param out gets one line a result; the caller flushes and closes it
   */
  public ScoreReport score(InputStream in, OutputStream out, RejectSink rejects, Progress progress) throws IOException {
    long start = System.nanoTime();
    PipelineDocument.BatchLimits limits = steps.document().batch();
    LineReader reader = new LineReader(in);
    Lines lines = new Lines();
    Outcome outcome = new Outcome(out, rejects);
    try (PipelineRunner runner = new PipelineRunner(steps, clock)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        Reject unfit = reader.isCut() ? tooLong() : head(line);
        if (unfit == null) {
          lines.add(keys.key(), line, reader.lineNumber(), times.millis());
        }
        if (unfit != null || lines.size() >= limits.records() || lines.bytes() >= limits.bytes()) {
          runner.run(lines, memory, tables, outcome);
          lines.clear();
          progress.at(outcome.in(), reader.bytesRead());
        }
        if (unfit != null) {
          outcome.reject(reader.lineNumber(), unfit, line);
        }
      }
      runner.run(lines, memory, tables, outcome);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    progress.at(outcome.in(), reader.bytesRead());
    return new ScoreReport(outcome.in(), outcome.answered, outcome.rejected, outcome.filtered, Duration.ofNanos(System.nanoTime() - start));
  }

  private @Nullable Reject head(byte[] line) {
    Reject unfit = keys.read(line);
    return unfit == null ? times.read(line) : unfit;
  }

  private static Reject tooLong() {
    return new Reject(RejectReason.TOO_LARGE, Reject.SOURCE, "", "the line is longer than " + LineReader.MAX_LINE + " bytes; only its beginning is kept");
  }

  /** Gives each line the key that its record would have on Kafka. */
  public interface LineKeys {
    /** No line has a key. */
    LineKeys NONE =
        new LineKeys() {
          @Override
          public @Nullable Reject read(byte[] line) {
            return null;
          }

          @Override
          public byte @Nullable [] key() {
            return null;
          }
        };

    /** Looks at a line; null if {@link #key} then has its key, else why it has none. */
    @Nullable Reject read(byte[] line);

    /** The key of the line read last. */
    byte @Nullable [] key();
  }

  /** Gives each line the timestamp that its record would have on Kafka. */
  public interface LineTimes {
    /** Looks at a line; null if {@link #millis} then has its time, else why it has none. */
    @Nullable Reject read(byte[] line);

    /** The time of the line read last, in milliseconds since 1970. */
    long millis();

    /** One time for all lines. */
    static LineTimes always(long millis) {
      return new LineTimes() {
        @Override
        public @Nullable Reject read(byte[] line) {
          return null;
        }

        @Override
        public long millis() {
          return millis;
        }
      };
    }
  }

  private static final class Outcome implements PipelineRunner.Answers {
    private final OutputStream out;
    private final RejectSink rejects;
    private long answered;
    private long rejected;
    private long filtered;

    Outcome(OutputStream out, RejectSink rejects) {
      this.out = out;
      this.rejects = rejects;
    }

    long in() {
      return answered + rejected + filtered;
    }

    @Override
    public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
      if (value == null) {
        throw new IllegalStateException("a line is never a tombstone");
      }
      try {
        out.write(value);
        out.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      answered++;
    }

    @Override
    public void reject(Batch batch, int record, Reject reject) {
      byte[] value = batch.value(record);
      reject(batch.offset(record) + 1, reject, value == null ? new byte[0] : value);
    }

    @Override
    public void filter(Batch batch, int record) {
      filtered++;
    }

    void reject(long number, Reject reject, byte[] line) {
      rejects.reject(number, reject, line);
      rejected++;
    }
  }
}
