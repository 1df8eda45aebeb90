package io.yapok.app.internal.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void shouldPassOverBlankLinesAndTakeALastLineWithoutItsEnd() throws IOException {
    assertThat(lines("\n \t\na\r\n\r\nb \n\n  c")).containsExactly("a", "b ", "  c");
  }

  @Test
  void shouldCountBlankLines() throws IOException {
    var reader = reader("\n\na\n\nb");

    reader.next();
    assertThat(reader.lineNumber()).isEqualTo(3);
    reader.next();
    assertThat(reader.lineNumber()).isEqualTo(5);
  }

  @Test
  void shouldHaveNoLinesWhenTheInputIsEmptyOrBlank() throws IOException {
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n\r\n \n\t")).isEmpty();
  }

  @Test
  void shouldKeepACarriageReturnInsideALine() throws IOException {
    assertThat(lines("a\rb\r\r\n")).containsExactly("a\rb\r");
  }

  @Test
  void shouldPassOverAByteOrderMarkAtTheBeginningOnly() throws IOException {
    assertThat(lines("\uFEFF{}\n\uFEFF{}\n")).containsExactly("{}", "\uFEFF{}");
    assertThat(lines("\uFEFF\n{}")).containsExactly("{}");
  }

  @Test
  void shouldCutALineThatIsTooLongAndGoOnAfterIt() throws IOException {
    var reader = new LineReader(bytes("abcdefghij\nabcdefgh\nxy"), 8);

    assertThat(reader.next()).asString(UTF_8).isEqualTo("abcdefgh");
    assertThat(reader.isCut()).isTrue();
    assertThat(reader.next()).asString(UTF_8).isEqualTo("abcdefgh");
    assertThat(reader.isCut()).isFalse();
    assertThat(reader.next()).asString(UTF_8).isEqualTo("xy");
    assertThat(reader.isCut()).isFalse();
  }

  @Test
  void shouldTellHowManyBytesItHasTaken() throws IOException {
    var reader = reader("ab\r\ncd\n\n");

    assertThat(reader.bytesRead()).isZero();
    reader.next();
    assertThat(reader.bytesRead()).isEqualTo(4);
    reader.next();
    assertThat(reader.bytesRead()).isEqualTo(7);
    assertThat(reader.next()).isNull();
    assertThat(reader.bytesRead()).isEqualTo(8);
  }

  @Test
  void shouldFindTheSameLinesHoweverTheStreamIsCut() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      var text = Stream.generate(() -> line(random)).limit(random.nextInt(60)).collect(Collectors.joining());
      var expected = text.lines().filter(line -> !line.isBlank()).toList();

      assertThat(read(new LineReader(new Dribble(bytes(text), random)))).isEqualTo(expected);
    }
  }

  private static String line(Random random) {
    int length = random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(20);
    var line = random.ints(length, 0, 40).mapToObj(c -> c < 4 ? " " : Character.toString('A' + c)).collect(Collectors.joining());
    return line + (random.nextBoolean() ? "\n" : "\r\n");
  }

  private static List<String> lines(String text) throws IOException {
    return read(reader(text));
  }

  private static List<String> read(LineReader reader) throws IOException {
    var lines = new ArrayList<String>();
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      lines.add(new String(line, UTF_8));
    }
    return lines;
  }

  private static LineReader reader(String text) {
    return new LineReader(bytes(text));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Gives as few bytes at a time as it likes, as a pipe does. */
  private static final class Dribble extends InputStream {
    private final InputStream in;
    private final Random random;

    Dribble(InputStream in, Random random) {
      this.in = in;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, 1 + random.nextInt(5_000)));
    }
  }
}
