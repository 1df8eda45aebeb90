package io.yapok.app.internal.score;

import io.yapok.app.internal.Terminal;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.Where;
import io.yapok.topology.KeyField;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One {@code yapok score}: opens what the user named, scores, and tells how far it is on a terminal. */
public final class ScoreRun {
  private static final String STANDARD = "-";
  private static final int BUFFER = 1 << 20;
  private static final int SHOWN_REJECTS = 20;

  private final Path pipelineFile;
  private final String input;
  private final String output;
  private final @Nullable String rejects;

  public ScoreRun(Path pipelineFile, String input, String output, @Nullable String rejects) {
    this.pipelineFile = pipelineFile;
    this.input = input;
    this.output = output;
    this.rejects = rejects;
  }

  /**
   * Scores the input from its beginning to its end.
   *
   * @param err progress, and rejects that have no file of their own
   * @throws ProblemsException if the pipeline or a file's name is wrong
   * @throws IOException if reading or writing fails
   */
  public ScoreReport run(PrintWriter err) throws IOException {
    requireDistinct();
    try (Pipeline pipeline = Pipeline.load(pipelineFile);
        InputStream in = openInput();
        OutputStream out = openOutput(output);
        @Nullable OutputStream rejected = rejects == null ? null : openOutput(rejects)) {
      CompiledSteps steps = pipeline.current();
      Scorer scorer = new Scorer(steps, keys(steps.document()), steps.state().isEmpty() ? Memory.NONE : Memory.inHeap(), InstantSource.system());
      ScoreReport report = scorer.score(in, out, rejected == null ? new PrintedRejects(err, input) : fileRejects(rejected), progress(err));
      out.flush();
      return report;
    }
  }

  private static Scorer.LineKeys keys(PipelineDocument document) {
    var key = document.source().key();
    if (key == null) {
      return Scorer.LineKeys.NONE;
    }
    KeyField field = new KeyField(document.source().format(), key.value());
    return new Scorer.LineKeys() {
      @Override
      public @Nullable Reject read(byte[] line) {
        return field.read(line);
      }

      @Override
      public byte[] key() {
        return field.key();
      }
    };
  }

  private static Scorer.RejectSink fileRejects(OutputStream out) {
    return new RejectLines(out)::write;
  }

  /** Rejects nobody asked for in a file: the first few as errors. */
  private static final class PrintedRejects implements Scorer.RejectSink {
    private final PrintWriter err;
    private final String input;
    private long count;

    PrintedRejects(PrintWriter err, String input) {
      this.err = err;
      this.input = input;
    }

    @Override
    public void reject(long line, Reject reject, byte[] record) {
      count++;
      if (count <= SHOWN_REJECTS) {
        String field = reject.field().isEmpty() ? "" : " " + reject.field();
        err.println("error: " + reject.message() + ", " + input + ":" + line + " (" + reject.step() + field + "), mend the record or collect such with --rejects FILE");
      } else if (count == SHOWN_REJECTS + 1) {
        err.println("error: more records are rejected, " + input + ", collect them with --rejects FILE");
      }
    }
  }

  private Scorer.Progress progress(PrintWriter err) {
    if (!Terminal.isInteractive() || output.equals(STANDARD)) {
      return (records, bytes) -> {};
    }
    long size = sizeOfInput();
    long start = System.nanoTime();
    long[] shown = {start};
    return (records, bytes) -> {
      long now = System.nanoTime();
      if (now - shown[0] > 200_000_000) {
        shown[0] = now;
        String share = size > 0 ? String.format(Locale.ROOT, "%3d %%  ", 100 * bytes / size) : "";
        err.printf(Locale.ROOT, "\r%s%,d records, %,.0f records/s ", share, records, records * 1e9 / (now - start));
        err.flush();
      }
    };
  }

  private long sizeOfInput() {
    try {
      return input.equals(STANDARD) ? 0 : Files.size(Path.of(input));
    } catch (IOException e) {
      return 0; // only the share of progress is not shown
    }
  }

  private void requireDistinct() {
    if (!input.equals(STANDARD) && (input.equals(output) || input.equals(rejects))) {
      throw new ProblemsException(new Problem("the input would be overwritten", Where.of(input), "name another file for --output and --rejects"));
    }
    if (output.equals(rejects)) {
      throw new ProblemsException(new Problem("results and rejects would share a file", Where.of(output), "name two files"));
    }
  }

  private InputStream openInput() {
    try {
      return input.equals(STANDARD) ? new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER) : new BufferedInputStream(Files.newInputStream(Path.of(input)), BUFFER);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the input cannot be read: " + e, Where.of(input), "name a file of JSON lines, or - for standard input"));
    }
  }

  private static OutputStream openOutput(String name) {
    try {
      return new BufferedOutputStream(name.equals(STANDARD) ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(Path.of(name)), BUFFER);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the file cannot be written: " + e, Where.of(name), "name a file in a folder that exists"));
    }
  }
}
