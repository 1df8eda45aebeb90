package io.yapok.app.internal.score;

import io.yapok.app.internal.Terminal;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.Where;
import io.yapok.schemas.WriterSchemas;
import io.yapok.topology.KeyField;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import io.yapok.topology.Tables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One {@code yapok score}: opens what the user named, scores, and tells how far it is on a terminal. */
public final class ScoreRun {
  private static final int SHOWN_REJECTS = 20;

  private final Path pipelineFile;
  private final ScoreFiles files;
  private final @Nullable String time;
  private final Map<String, Path> tables;

  /** A run over lines that all have one time, the start's. */
  public ScoreRun(Path pipelineFile, String input, String output, @Nullable String rejects) {
    this(pipelineFile, input, output, rejects, null, Map.of());
  }

  /**
   * A run.
   *
   * @param time the field that has a line's time; null for the start's
   * @param tables the files of the pipeline's tables by their names
   */
  public ScoreRun(Path pipelineFile, String input, String output, @Nullable String rejects, @Nullable String time, Map<String, Path> tables) {
    this.pipelineFile = pipelineFile;
    this.time = time;
    this.tables = Map.copyOf(tables);
    this.files = new ScoreFiles(input, output, rejects);
  }

  /**
   * Scores the input from its beginning to its end.
   *
   * @param err progress, and rejects that have no file of their own
   * @throws io.yapok.schemas.ProblemsException if the pipeline or a file's name is wrong
   * @throws IOException if reading or writing fails
   */
  public ScoreReport run(PrintWriter err) throws IOException {
    files.requireDistinct(pipelineFile);
    PipelineDocument document = PipelineDocument.read(pipelineFile);
    requireLines(document); // before a model is loaded and the output's old content gone
    Tables rows = TableFiles.read(document, tables);
    InstantSource clock = InstantSource.system();
    Scorer.LineTimes times = time == null ? Scorer.LineTimes.always(clock.millis()) : new LineTime(time);
    String rejects = files.rejects();
    try (Pipeline pipeline = Pipeline.load(pipelineFile);
        InputStream in = files.openInput();
        OutputStream out = ScoreFiles.openOutput(files.output());
        @Nullable OutputStream rejected = rejects == null ? null : ScoreFiles.openOutput(rejects)) {
      CompiledSteps steps = pipeline.current();
      Scorer scorer = new Scorer(steps, keys(steps.document()), times, steps.state().isEmpty() ? Memory.NONE : Memory.inHeap(), rows, clock);
      ScoreReport report = scorer.score(in, out, rejected == null ? new PrintedRejects(err, files.input()) : fileRejects(rejected), progress(err));
      out.flush();
      return report;
    }
  }

  /** Files have a record a line, and the bytes of a tensor may be those of a line's end. */
  private static void requireLines(PipelineDocument document) {
    List<Problem> problems = new ArrayList<>();
    if (document.source().format() != PipelineDocument.Format.JSON) {
      problems.add(noLines("the source's records", document.source().format(), document.source().where()));
    }
    if (document.sink().format() != PipelineDocument.Format.JSON) {
      problems.add(noLines("the sink's results", document.sink().format(), document.sink().where()));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  private static Problem noLines(String what, PipelineDocument.Format format, Where where) {
    return new Problem(what + " are in format " + format.label() + ", and score reads and writes lines of JSON", where, "score with a copy of the pipeline that says format: json");
  }

  private static Scorer.LineKeys keys(PipelineDocument document) {
    var key = document.source().key();
    if (key == null) {
      return Scorer.LineKeys.NONE;
    }
    KeyField field = new KeyField(document.source().format(), key.value(), WriterSchemas.NONE);
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
        Where where = Where.of(input + ":" + line + " (" + reject.step() + field + ")");
        err.println("error: " + new Problem(reject.message(), where, "mend the record or collect such with --rejects FILE"));
      } else if (count == SHOWN_REJECTS + 1) {
        err.println("error: more records are rejected, " + input + ", collect them with --rejects FILE");
      }
    }
  }

  private Scorer.Progress progress(PrintWriter err) {
    if (!Terminal.isInteractive() || files.printsResults()) {
      return (records, bytes) -> {};
    }
    long size = files.inputBytes();
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
}
