package io.yapok.app.internal.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.app.internal.TestPipeline;
import io.yapok.schemas.ProblemsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ScoreRunTest {
  @TempDir private Path directory;
  private Path pipeline;
  private Path input;
  private Path output;
  private Path rejects;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() {
    pipeline = TestPipeline.write(directory, "scoring");
    input = directory.resolve("in.jsonl");
    output = directory.resolve("out.jsonl");
    rejects = directory.resolve("rejects.jsonl");
  }

  @Test
  void shouldAnswerEachLineInOrderOverManyBatches() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var good = new ArrayList<Integer>();
    var bad = new ArrayList<Integer>();
    var lines = new ArrayList<String>();
    for (int i = 0; i < 3_500; i++) {
      boolean isBad = random.nextInt(20) == 0;
      (isBad ? bad : good).add(i);
      lines.add(isBad ? "{\"id\":" + i + ",\"features\":[1,2,3]}" : TestPipeline.record(i));
    }
    Files.write(input, lines);

    ScoreReport report = run(rejects);

    assertThat(report).returns(3_500L, ScoreReport::in).returns((long) good.size(), ScoreReport::out).returns((long) bad.size(), ScoreReport::rejected);
    assertThat(Files.readAllLines(output)).extracting(line -> Integer.valueOf(line.replaceAll(".*\"in\":\\{\"id\":(\\d+).*", "$1"))).isEqualTo(good);
    assertThat(Files.readAllLines(rejects)).extracting(line -> field(line, "line")).isEqualTo(bad.stream().map(i -> String.valueOf(i + 1)).toList());
    assertThat(Files.readAllLines(rejects)).extracting(line -> field(line, "record")).isEqualTo(bad.stream().map(lines::get).toList());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldAnswerARecordTheSameAloneAsAmongOthers() throws IOException {
    Files.write(input, IntStream.range(0, 300).mapToObj(TestPipeline::record).toList());
    run(rejects);
    var together = Files.readAllLines(output);

    for (int i : List.of(0, 17, 299)) {
      Files.writeString(input, TestPipeline.record(i));
      run(rejects);
      assertThat(Files.readAllLines(output)).extracting(ScoreRunTest::out).containsExactly(out(together.get(i)));
    }
  }

  @Test
  void shouldSayInTheRejectsFileWhatIsWrongAndWhereWithTheRecordAsItCame() throws IOException {
    Files.writeString(input, "\r\n" + TestPipeline.record(1) + "\r\n\nnot \"json\"\n{\"features\":[1,2,\"x\",4]}\n{}", UTF_8);

    ScoreReport report = run(rejects);

    assertThat(report).returns(4L, ScoreReport::in).returns(1L, ScoreReport::out).returns(3L, ScoreReport::rejected);
    var lines = Files.readAllLines(rejects);
    assertThat(lines).extracting(line -> field(line, "line")).containsExactly("4", "5", "6");
    assertThat(lines).extracting(line -> field(line, "reason")).containsExactly("malformed", "wrong_type", "missing_field");
    assertThat(lines).extracting(line -> field(line, "record")).containsExactly("not \"json\"", "{\"features\":[1,2,\"x\",4]}", "{}");
    assertThat(lines).allSatisfy(line -> assertThat(field(line, "message")).isNotBlank()).allSatisfy(line -> assertThat(field(line, "step")).isEqualTo("source"));
  }

  @Test
  void shouldKeepTheBytesOfARejectThatIsNotText() throws IOException {
    Files.write(input, new byte[] {'{', (byte) 0xff, (byte) 0xfe, '}', '\n'});

    run(rejects);

    assertThat(field(Files.readString(rejects), "record_base64")).isEqualTo("e//+fQ==");
  }

  @Test
  void shouldPrintTheFirstRejectsAsErrorsWhenNoFileIsNamed() throws IOException {
    Files.write(input, IntStream.range(0, 30).mapToObj(i -> "nonsense").toList());

    ScoreReport report = run(null);

    assertThat(report.rejected()).isEqualTo(30);
    assertThat(err.toString().lines()).hasSize(21).allSatisfy(line -> assertThat(line).startsWith("error: ")).last().asString().contains("more records are rejected");
    assertThat(err.toString().lines().findFirst().orElseThrow()).contains(input + ":1 (source)").contains("--rejects FILE");
  }

  @Test
  void shouldRejectALineThatIsTooLongAndGoOn() throws IOException {
    try (var out = Files.newBufferedWriter(input)) {
      out.write("{\"features\":[0,1,2,3],\"pad\":\"");
      for (int i = 0; i < 33 << 10; i++) {
        out.write("a".repeat(1 << 10));
      }
      out.write("\"}\n" + TestPipeline.record(1) + "\n");
    }

    ScoreReport report = run(rejects);

    assertThat(report).returns(1L, ScoreReport::out).returns(1L, ScoreReport::rejected);
    try (var lines = Files.newBufferedReader(rejects)) {
      assertThat(lines.readLine().substring(0, 200)).contains("\"line\":1,\"reason\":\"too_large\"").contains("longer than 33554432 bytes");
    }
  }

  @Test
  void shouldRememberPerKeyInTheLinesOrder() throws IOException {
    pipeline =
        TestPipeline.write(
            directory,
            "remembering",
            TestPipeline.YAML
                .replace("source: {topic: NAME,", "source: {topic: NAME, key: account,")
                .replace("steps:", "state: {features: {seen: count}}\nsteps:")
                .replace("percent: score * 100.0", "before: state.seen"));
    var lines = new ArrayList<String>();
    for (int i = 0; i < 2_500; i++) {
      lines.add(i == 1_200 ? "{\"features\":[0,1,2,3]}" : "{\"features\":[0,1,2,3],\"account\":\"a" + i % 3 + "\"}");
    }
    Files.write(input, lines);

    ScoreReport report = run(rejects);

    assertThat(report).returns(2_499L, ScoreReport::out).returns(1L, ScoreReport::rejected);
    assertThat(field(Files.readString(rejects), "line")).isEqualTo("1201");
    int[] seen = new int[3];
    int line = 0;
    for (String result : Files.readAllLines(output)) {
      line += line == 1_200 ? 1 : 0;
      assertThat(result).contains("\"before\":" + seen[line % 3]++ + "}").contains("\"offset\":" + line);
      line++;
    }
  }

  @Test
  void shouldTakeEachLinesTimeFromItsFieldAndRejectLinesThatHaveNone() throws IOException {
    pipeline =
        TestPipeline.write(
            directory,
            "timed",
            TestPipeline.YAML
                .replace("source: {topic: NAME,", "source: {topic: NAME, key: id,")
                .replace("steps:", "state: {features: {gap: seconds_since_last}}\nsteps:")
                .replace("percent: score * 100.0", "gap: state.gap"));
    List<String> times = List.of("\"1970-01-01T01:00:00+01:00\"", "1500", "\"1970-01-01 00:00:03\"", "\"1970-01-01T00:00:04Z\"", "\"noon\"", "[1]", "-1", "\"1970-01-01 00:00:10.5\"");
    Files.write(input, times.stream().map(time -> "{\"id\":7,\"features\":[0,1,2,3],\"at\":{\"time\":" + time + "}}").toList());

    ScoreReport report = new ScoreRun(pipeline, input.toString(), output.toString(), rejects.toString(), "at.time", Map.of()).run(new PrintWriter(err, true));

    assertThat(report).returns(5L, ScoreReport::out).returns(3L, ScoreReport::rejected);
    assertThat(Files.readAllLines(output)).extracting(ScoreRunTest::out).extracting(out -> out.replaceAll(".*\"gap\":([-0-9.]+).*", "$1")).containsExactly("-1.0", "1.5", "1.5", "1.0", "6.5");
    assertThat(Files.readAllLines(rejects)).extracting(line -> field(line, "reason")).containsExactly("wrong_type", "wrong_type", "negative_timestamp");
    assertThat(Files.readAllLines(rejects)).first().asString().contains("not \\\"noon\\\"");
  }

  @Test
  void shouldRefuseATimeThatIsNoFieldsPath() throws IOException {
    Files.writeString(input, TestPipeline.record(1));

    assertThatThrownBy(() -> new ScoreRun(pipeline, input.toString(), output.toString(), null, "at..time", Map.of()).run(new PrintWriter(err, true)))
        .hasMessageContaining("\"at..time\" is not a field's path");
  }

  @Test
  void shouldCountWhatTheSinkDoesNotTake() throws IOException {
    pipeline = TestPipeline.write(directory, "choosy", TestPipeline.YAML.replace("sink: {topic: NAME-out,", "sink: {topic: NAME-out, only: input.id > 2,"));
    Files.write(input, List.of(TestPipeline.record(1), TestPipeline.record(3), "nonsense", TestPipeline.record(4), TestPipeline.record(0)));

    ScoreReport report = run(rejects);

    assertThat(report).returns(5L, ScoreReport::in).returns(2L, ScoreReport::out).returns(1L, ScoreReport::rejected).returns(2L, ScoreReport::filtered);
    assertThat(Files.readAllLines(output)).extracting(line -> line.replaceAll(".*\"in\":\\{\"id\":(\\d+).*", "$1")).containsExactly("3", "4");
  }

  @Test
  void shouldAnswerNothingWhenTheInputIsEmpty() throws IOException {
    Files.createFile(input);

    assertThat(run(rejects)).returns(0L, ScoreReport::in).returns(0L, ScoreReport::out).returns(0L, ScoreReport::rejected);
    assertThat(output).isEmptyFile();
    assertThat(rejects).isEmptyFile();
  }

  @ParameterizedTest
  @CsvSource({
    "missing.jsonl, out, rejects, the input cannot be read: there is no such file",
    "., out, rejects, the input cannot be read: it is a directory",
    "in.jsonl, ./in.jsonl, rejects, the input would be overwritten",
    "in.jsonl, out, in.jsonl, the input would be overwritten",
    "in.jsonl, scoring.yaml, rejects, the pipeline would be overwritten",
    "in.jsonl, out, ./out, results and rejects would share a file",
    "in.jsonl, nowhere/out, rejects, the file cannot be written: there is no such file or folder"
  })
  void shouldRefuseFilesThatCannotBeRight(String in, String out, String rejected, String problem) throws IOException {
    Files.writeString(input, TestPipeline.record(1));
    var run = new ScoreRun(pipeline, path(in), path(out), path(rejected));

    assertThatThrownBy(() -> run.run(new PrintWriter(err, true)))
        .isInstanceOfSatisfying(ProblemsException.class, e -> assertThat(e.problems()).singleElement().asString().contains(problem));
    assertThat(input).hasContent(TestPipeline.record(1));
    assertThat(pipeline).isNotEmptyFile();
  }

  @Test
  void shouldRefuseTensorsBeforeAnythingIsWritten() throws IOException {
    Files.writeString(input, TestPipeline.record(1));
    Files.writeString(output, "precious");
    Path tensors = TestPipeline.write(directory, "tensors", TestPipeline.YAML.replace("format: json", "format: tensor"));

    assertThatThrownBy(() -> new ScoreRun(tensors, input.toString(), output.toString(), null).run(new PrintWriter(err, true)))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.what() + " " + problem.where().path())
                    .containsExactly(
                        "the source's records are in format tensor, and score reads and writes lines of JSON source",
                        "the sink's results are in format tensor, and score reads and writes lines of JSON sink"));
    assertThat(output).hasContent("precious");
  }

  private String path(String name) {
    return directory + "/" + name;
  }

  @Test
  void shouldJoinRowsOfFiles() throws IOException {
    Files.writeString(
        pipeline,
        """
        name: shop
        source: {topic: in, key: user, rows: items}
        tables:
          users: {topic: users, fields: {age: {type: float64, default: 0}}}
          items: {topic: items, global: true, by: item, fields: {price: float64}}
        steps:
          - transform: {paid: table.items.price * 100.0 + table.users.age}
        sink: {topic: out}
        rejects: {topic: bad}
        """);
    Path users = directory.resolve("users.ndjson");
    Path items = directory.resolve("items.ndjson");
    Files.write(users, List.of("{\"key\": \"u\", \"value\": {\"age\": 41}}", "{\"key\": \"gone\", \"value\": {\"age\": 1}}", "{\"key\": \"gone\", \"value\": null}", "{\"key\": \"u\", \"value\": {\"age\": 42}}"));
    Files.write(items, List.of("{\"key\": \"a\", \"value\": {\"price\": 1}}", "{\"value\": {\"price\": 2}, \"key\": 7}"));
    Files.write(
        input,
        List.of("{\"user\":\"u\",\"items\":[{\"item\":\"a\"},{\"item\":\"7\"}]}", "{\"user\":\"gone\",\"items\":[{\"item\":\"a\"}]}", "{\"user\":\"u\",\"items\":[{\"item\":\"b\"}]}"));

    ScoreReport report = new ScoreRun(pipeline, input.toString(), output.toString(), rejects.toString(), null, Map.of("users", users, "items", items)).run(new PrintWriter(err, true));

    assertThat(report).returns(2L, ScoreReport::out).returns(1L, ScoreReport::rejected);
    assertThat(Files.readAllLines(output)).extracting(line -> line.replaceAll(".*\"paid\":(\\[[^]]*]).*", "$1")).containsExactly("[142.0,242.0]", "[100.0]");
    assertThat(Files.readAllLines(rejects)).singleElement().extracting(line -> field(line, "reason")).isEqualTo("no_table_row");

    Files.writeString(users, "{\"key\": \"u\"}\n");
    assertThatThrownBy(() -> new ScoreRun(pipeline, input.toString(), output.toString(), null, null, Map.of("users", users, "items", items)).run(new PrintWriter(err, true)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("users.ndjson:1");
    assertThatThrownBy(() -> new ScoreRun(pipeline, input.toString(), output.toString(), null, null, Map.of("users", users, "things", items)).run(new PrintWriter(err, true)))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("the table \"items\" has no file")
        .hasMessageContaining("the pipeline has no table \"things\"");
  }

  private ScoreReport run(Path rejected) throws IOException {
    return new ScoreRun(pipeline, input.toString(), output.toString(), rejected == null ? null : rejected.toString()).run(new PrintWriter(err, true));
  }

  private static String out(String result) {
    return result.replaceAll(".*\"out\":(\\{.*?}).*", "$1");
  }

  /** A top-level field's text. */
  private static String field(String json, String name) {
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        if (name.equals(field)) {
          return parser.getString();
        }
      }
      return null;
    }
  }
}
