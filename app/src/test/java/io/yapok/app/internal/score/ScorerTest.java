package io.yapok.app.internal.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.app.internal.TestPipeline;
import io.yapok.topology.Memory;
import io.yapok.topology.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScorerTest {
  private static final int LINES = 20_000;

  @TempDir private Path directory;
  private Pipeline pipeline;
  private Scorer scorer;

  @BeforeEach
  void load() {
    pipeline = Pipeline.load(TestPipeline.write(directory, "scoring", TestPipeline.YAML + "batch: {records: 100}\n"));
    scorer = new Scorer(pipeline.current(), Scorer.LineKeys.NONE, Memory.NONE, InstantSource.system());
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void shouldHoldNoMoreThanABatchOfLinesHoweverLongTheInputIs() throws IOException {
    var output = new CountingLines();
    var input = new GeneratedLines(output);

    ScoreReport report = scorer.score(input, output, (line, reject, record) -> {}, (records, bytes) -> {});

    assertThat(report.out()).isEqualTo(LINES);
    // what is read and not yet answered: one batch, and one buffer of 64 KiB
    assertThat(input.mostAhead).isLessThanOrEqualTo(100 + (1 << 16) / TestPipeline.record(0).length());
  }

  @Test
  void shouldTellItsProgressInRecordsAndBytes() throws IOException {
    var seen = new long[3];
    var text = (TestPipeline.record(1) + "\n").repeat(1_000).getBytes(UTF_8);

    scorer.score(
        new ByteArrayInputStream(text),
        new ByteArrayOutputStream(),
        (line, reject, record) -> {},
        (records, bytes) -> {
          assertThat(records).isGreaterThanOrEqualTo(seen[0]);
          assertThat(bytes).isGreaterThanOrEqualTo(seen[1]);
          seen[0] = records;
          seen[1] = bytes;
          seen[2]++;
        });

    assertThat(seen[0]).isEqualTo(1_000);
    assertThat(seen[1]).isEqualTo(text.length);
    assertThat(seen[2]).isEqualTo(11);
  }

  @Test
  void shouldPassOnThatTheOutputCannotBeWritten() {
    var full = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("no space left on device");
      }
    };
    var input = new ByteArrayInputStream(TestPipeline.record(1).getBytes(UTF_8));

    assertThatThrownBy(() -> scorer.score(input, full, (line, reject, record) -> {}, (records, bytes) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left on device");
  }

  private static final class CountingLines extends OutputStream {
    private long lines;

    @Override
    public void write(int b) {
      lines += b == '\n' ? 1 : 0;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}
  }

  /** Makes lines as they are asked for, and notes how far reading is ahead of answering. */
  private static final class GeneratedLines extends InputStream {
    private final CountingLines output;
    private int given;
    private long mostAhead;

    GeneratedLines(CountingLines output) {
      this.output = output;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("lines are read in blocks");
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      int end = offset;
      while (given < LINES) {
        byte[] line = (TestPipeline.record(given) + "\n").getBytes(UTF_8);
        if (end + line.length > offset + length) {
          break;
        }
        System.arraycopy(line, 0, into, end, line.length);
        end += line.length;
        given++;
      }
      mostAhead = Math.max(mostAhead, given - output.lines);
      return end == offset ? -1 : end - offset;
    }
  }
}
