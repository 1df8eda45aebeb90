package io.yapok.app.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.app.internal.TestPipeline;
import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.RegistryStub;
import io.yapok.schemas.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user gets for what they typed and wrote: without a broker. */
class CliTest {
  @TempDir private Path directory;
  private Path pipeline;

  @BeforeEach
  void write() {
    pipeline = TestPipeline.write(directory, "scoring");
  }

  @Test
  void shouldSayWhatAFinePipelineReadsAndAnswers() {
    Run check = Run.of("check", pipeline);

    assertThat(check.code()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(check.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("fine: scoring, version "),
            line -> assertThat(line).startsWith("reads:").contains("features (float32[4])"),
            line -> assertThat(line).startsWith("models:").contains("lr version 1 (sha256 "),
            line -> assertThat(line).startsWith("answers:").contains("score (float32").contains("percent ("),
            line -> assertThat(line).startsWith("flags:").contains("high"));
  }

  @ParameterizedTest
  @MethodSource("wrongDocuments")
  void shouldGiveOneClearErrorForAWrongDocument(String from, String to, String problem, String path) {
    Path wrong = TestPipeline.write(directory, "wrong", TestPipeline.YAML.replace(from, to));

    Run check = Run.of("check", wrong);

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).isEmpty();
    assertThat(check.errors()).singleElement().asString().startsWith("error: ").contains(problem).contains(wrong.toString()).contains(path);
  }

  static Stream<Arguments> wrongDocuments() {
    return Stream.of(
        Arguments.of("model: lr.onnx", "model: missing.onnx", "missing.onnx", "steps[0].model"),
        Arguments.of("inputs: {x: features}", "inputs: {x: features}\n    outputs: {scores: score}", "scores", "steps[0].outputs.scores"),
        Arguments.of("- transform:", "- name: lr\n    transform:", "lr", "steps[1].name"),
        Arguments.of("NAME-out", "NAME", "wrong", "sink.topic"),
        Arguments.of("percent: score", "percent: scor", "scor", "steps[1].transform.percent"),
        Arguments.of("sink:", "snik:", "sink", "snik"),
        Arguments.of("x: features", "y: features", "\"y\"", "steps[0].inputs"));
  }

  @Test
  void shouldSayThatAModelIsNoOnnxFile() throws IOException {
    Files.writeString(directory.resolve("lr.onnx"), "this is a text\n");

    Run check = Run.of("check", pipeline);

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.errors()).singleElement().asString().startsWith("error: ").contains("not an ONNX model").contains("steps[0].model");
  }

  @Test
  void shouldListTenProblemsAtOnceInTheirOrder() {
    Path wrong =
        TestPipeline.write(
            directory,
            "ten",
            """
            apiVersion: yapok/v9
            naem: ten
            source: {topic: "a topic", format: csv, tombstone: eat}
            steps:
              - model: lr.onnx
                input: {x: features}
                nonfinite: perhaps
              - transform: {}
              - validate: {"not a name": score > 0.5}
            sink: {topic: NAME-out, fromat: json}
            delivery: once
            batch: {records: 0}
            rejects: {topic: NAME-bad}
            """);

    Run check = Run.of("check", wrong);

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.errors()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(line -> assertThat(line).matches("error: .+, .*ten\\.yaml(:\\d+:\\d+.*)?, .+"));
    assertThat(check.errors().stream().map(line -> Integer.parseInt(line.replaceAll(".*ten\\.yaml:(\\d+):.*", "$1"))).toList()).isSorted();
  }

  @Test
  void shouldTellWhetherWhatWasReleasedWouldRun() throws IOException {
    String yaml = TestPipeline.YAML.replace("x: features", "x: [a, b, c, {field: country, vocabulary: words.txt, default: other}]");
    Path words = Files.writeString(directory.resolve("words.txt"), "CH\nDE\nother\n");
    Path document = TestPipeline.write(directory, "released", yaml);
    Path file = directory.resolve("released.avro");
    Run release = Run.of("release", document, "--output", file, "--by", "ann");
    assertThat(release.err()).startsWith("released: released, version ");
    assertThat(release.code()).isZero();
    assertThat(Release.read(file).models()).singleElement().satisfies(model -> {
      assertThat(model.path()).isEqualTo("lr.onnx");
      assertThat(model.size()).isEqualTo(Files.size(directory.resolve("lr.onnx")));
    });

    assertThat(Run.of("check", document, "--release", file).out()).contains("fine: released").contains("release: as ann released it at 20");

    Files.writeString(words, "DE\nCH\nother\n");
    assertDiffers(document, file, "the file of a vocabulary is another");
    Files.writeString(words, "CH\nDE\nother\n");
    TestPipeline.write(directory, "released", yaml.replace("score > 0.5", "score > 0.6"));
    assertDiffers(document, file, "the document is not the released one: here steps[2].validate[\"high\"]=\"score > 0.6\", in the release steps[2].validate[\"high\"]=\"score > 0.5\"");
    TestPipeline.write(directory, "released", yaml + "kafka: {producer.linger.ms: 7}\n");
    assertThat(Run.of("check", document, "--release", file).code()).as("how to reach the brokers is not part of it").isZero();
    SampleModels.logisticRegression(4, 8).writeTo(directory.resolve("lr.onnx"));
    assertDiffers(document, file, "the model lr is version 1 with SHA-256 ");
    assertThat(Run.of("check", document, "--release", document).errors()).singleElement().asString().startsWith("error: the release cannot be read").contains("released.yaml");
  }

  private static void assertDiffers(Path document, Path release, String problem) {
    Run check = Run.of("check", document, "--release", release);
    assertThat(check.errors()).singleElement().asString().startsWith("error: ").contains(problem, "released.yaml");
    assertThat(check.code()).isEqualTo(1);
  }

  @Test
  void shouldPrintItsOwnSchemas() {
    Run own = Run.of("schema", "--own", "reject");

    assertThat(own.code()).isZero();
    assertThat(new Schema.Parser().parse(own.out()).getFullName()).isEqualTo("io.yapok.Reject");
    assertThat(Run.of("schema", "--own", "reject", "--json").out().lines()).hasSize(1);
    assertThat(Run.of("schema", "--own", "record").errors().getFirst()).startsWith("error: Invalid value for option '--own'");
    assertThat(Run.of("schema").code()).isEqualTo(2);
    assertThat(Run.of("schema", pipeline, "--own", "reject").code()).isEqualTo(2);
  }

  @Test
  void shouldPrintWhatAProducerMustSend() {
    Run schema = Run.of("schema", pipeline, "--json");
    Run indented = Run.of("schema", pipeline);

    assertThat(schema.code()).isZero();
    assertThat(schema.out())
        .isEqualToIgnoringNewLines(
            "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":\"records of pipeline scoring\",\"type\":\"object\",\"properties\":{\"features\":{"
                + "\"type\":\"array\",\"items\":{\"type\":\"number\",\"minimum\":-3.4028234663852886E38,\"maximum\":3.4028234663852886E38},\"minItems\":4,\"maxItems\":4,"
                + "\"description\":\"float32[4]\"}},\"required\":[\"features\"]}");
    assertThat(indented.out().replaceAll("[ \n]", "")).isEqualTo(schema.out().replaceAll("[ \n]", ""));
    assertThat(indented.out()).contains("\n  \"type\": \"object\",\n");
  }

  @Test
  void shouldCompareWhatIsReadWithWhatTheRegistryHas() throws Exception {
    Path avro = TestPipeline.write(directory, "avro", TestPipeline.YAML.replace("NAME, format: json}\nsteps", "NAME, format: avro}\nsteps"));
    Run schema = Run.of("schema", avro, "--json");
    try (RegistryStub registry = new RegistryStub(0)) {
      Run none = Run.of("check", avro, "--registry", registry.url());
      registry.put("/subjects/avro-value/versions/latest", latest(schema.out().strip()));
      Run same = Run.of("check", avro, "--registry", registry.url());
      registry.put("/subjects/avro-value/versions/latest", latest("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"features\",\"type\":\"string\"}]}"));
      Run other = Run.of("check", avro, "--registry", registry.url());
      Run json = Run.of("check", pipeline, "--registry", registry.url());
      registry.close();
      Run away = Run.of("check", avro, "--registry", registry.url());

      assertThat(schema.out()).contains("{\"name\":\"features\",\"doc\":\"float32[4]\",\"type\":{\"type\":\"array\",\"items\":\"float\"}}");
      assertThat(none.code()).isEqualTo(1);
      assertThat(none.errors()).singleElement().asString().startsWith("error: the registry has no schema for \"avro-value\", ");
      assertThat(same.code()).as(same.err()).isZero();
      assertThat(same.out()).startsWith("fine: avro");
      assertThat(other.code()).isEqualTo(1);
      assertThat(other.errors()).singleElement().asString().startsWith("error: records of \"avro\" would be rejected: an array of numbers expected, the schema has a string, ").contains("avro.yaml", "source.features");
      assertThat(json.errors()).singleElement().asString().startsWith("error: its records are not Avro, ");
      assertThat(away.code()).isEqualTo(3);
      assertThat(away.errors()).singleElement().asString().startsWith("error: the schema registry does not answer (Connection refused), " + registry.url());
    }
  }

  @Test
  void shouldCompareWithTheSubjectsThatAreNamedWhenTheTopicDoesNotSayThem() throws Exception {
    Path avro = TestPipeline.write(directory, "records", TestPipeline.YAML.replace("NAME, format: json}\nsteps", "NAME, format: avro}\nsteps") + "kafka: {value.subject.name.strategy: RecordNameStrategy}\n");
    Run schema = Run.of("schema", avro, "--json");
    try (RegistryStub registry = new RegistryStub(0)) {
      registry.put("/subjects/shop.A/versions/latest", latest(schema.out().strip()));
      registry.put("/subjects/shop.B/versions/latest", latest("{\"type\":\"record\",\"name\":\"B\",\"fields\":[]}"));
      Run unnamed = Run.of("check", avro, "--registry", registry.url());
      Run one = Run.of("check", avro, "--registry", registry.url(), "--subject", "shop.A");
      Run both = Run.of("check", avro, "--registry", registry.url(), "--subject", "shop.A", "--subject", "shop.B");

      assertThat(unnamed.errors()).singleElement().asString().startsWith("error: the topic does not say which subjects its records have with RecordNameStrategy, ").endsWith("give --subject NAME");
      assertThat(one.code()).as(one.err()).isZero();
      assertThat(both.code()).isEqualTo(1);
      assertThat(both.errors()).singleElement().asString().contains("the schema has no such field");
    }
    assertThat(Run.of("check", avro, "--subject", "shop.A").code()).isEqualTo(2);
  }

  @Test
  void shouldSayThatASubjectNameStrategyIsNone() {
    Path avro = TestPipeline.write(directory, "strategy", TestPipeline.YAML + "kafka:\n  value.subject.name.strategy: com.acme.Mine\n");

    Run check = Run.of("check", avro);

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.errors()).singleElement().asString().startsWith("error: no subject name strategy of Confluent's is \"com.acme.Mine\", ").contains("strategy.yaml").endsWith("write one of TopicNameStrategy, RecordNameStrategy, TopicRecordNameStrategy");
  }

  @Test
  void shouldSayThatNoRegistryIsInstalledOrItsPortIsNone() {
    Run missing = Run.of("dev", pipeline, "--port", "0", "--registry");

    assertThat(missing.code()).isEqualTo(3);
    assertThat(missing.errors()).singleElement().asString().startsWith("error: no schema registry is installed here, yapok.registry.home, start ./yapok in a clone");
    assertThat(Run.of("dev", pipeline, "--registry-port", "8081").code()).isEqualTo(2);
    assertThat(Run.of("dev", pipeline, "--registry", "--registry-port", "70000").code()).isEqualTo(2);
  }

  @Test
  void shouldPrintTheSchemaOfResultsInAvro() {
    Path avro = TestPipeline.write(directory, "results", TestPipeline.YAML.replace("-out, format: json}", "-out, format: avro}"));

    Run schema = Run.of("schema", avro, "--results", "--json");
    Run none = Run.of("schema", pipeline, "--results");

    assertThat(schema.out()).startsWith("{\"type\":\"record\",\"name\":\"results_result\",\"namespace\":\"io.yapok.result\",");
    assertThat(none.errors()).singleElement().asString().startsWith("error: results that are not Avro have no schema, ");
  }

  private static String latest(String schema) {
    return "{\"subject\":\"avro-value\",\"version\":1,\"id\":1,\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}";
  }

  @Test
  void shouldSayThatTensorsHaveNoSchema() {
    Path tensors = TestPipeline.write(directory, "tensors", "name: NAME\nsource: {topic: NAME, format: tensor}\nsteps:\n  - model: lr.onnx\nsink: {topic: NAME-out, format: json}\nrejects: fail\n");

    Run schema = Run.of("schema", tensors);

    assertThat(schema.code()).isEqualTo(1);
    assertThat(schema.errors()).singleElement().asString().startsWith("error: records that are tensors have no schema, ").contains("tensors.yaml");
  }

  @Test
  void shouldSayThatADocumentIsNotThere() {
    Run check = Run.of("check", directory.resolve("nowhere.yaml"));

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.errors()).singleElement().asString().startsWith("error: ").contains("nowhere.yaml");
  }

  @Test
  void shouldShowAStackTraceOnlyWhenAskedTo() {
    Path missing = directory.resolve("nowhere.yaml");

    assertThat(Run.of("check", missing).err()).doesNotContain("\tat ");
    assertThat(Run.of("--verbose", "check", missing).err()).contains("\tat ");
    assertThat(Run.of("check", "--verbose", missing).err()).contains("\tat ");
  }

  @ParameterizedTest
  @MethodSource("wrongCommandLines")
  void shouldEndWithTwoForAWrongCommandLine(List<String> args, String problem) {
    Run run = Run.of(args.stream().map(arg -> arg.replace("PIPELINE", pipeline.toString())).toArray());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors()).singleElement().asString().startsWith("error: ").contains(problem).contains("command line").contains("--help");
  }

  static Stream<Arguments> wrongCommandLines() {
    return Stream.of(
        Arguments.of(List.of("chekc", "x.yaml"), "chekc"),
        Arguments.of(List.of("check"), "PIPELINE.yaml"),
        Arguments.of(List.of("rejects", "list", "PIPELINE"), "yapok rejects list --help"),
        Arguments.of(List.of("rejects", "lst"), "yapok rejects --help"),
        Arguments.of(List.of("state", "get", "PIPELINE"), "KEY"),
        Arguments.of(List.of("state", "scan", "PIPELINE", "--limit", "0"), "--limit"),
        Arguments.of(List.of("state", "count", "PIPELINE", "more"), "more"),
        Arguments.of(List.of("state", "load", "PIPELINE", "--bootstrap-server", "x:1"), "--input"),
        Arguments.of(List.of("run", "PIPELINE", "--bootstrap-server", "x:1", "--advertise", "here"), "--advertise"),
        Arguments.of(List.of("check", "a.yaml", "b.yaml"), "b.yaml"),
        Arguments.of(List.of("check", "--colour", "a.yaml"), "--colour"),
        Arguments.of(List.of("run", "PIPELINE"), "--bootstrap-server"),
        Arguments.of(List.of("run", "PIPELINE", "--bootstrap-server", "x:1", "--threads", "many"), "--threads"),
        Arguments.of(List.of("run", "PIPELINE", "--bootstrap-server", "x:1", "--threads", "0"), "--threads"),
        Arguments.of(List.of("run", "PIPELINE", "--bootstrap-server", "x:1", "--from", "tomorrow"), "--from"),
        Arguments.of(List.of("run", "PIPELINE", "--bootstrap-server", "x:1", "--management", "here"), "--management"),
        Arguments.of(List.of("dev", "PIPELINE", "--port", "70000"), "--port"),
        Arguments.of(List.of("dev", "PIPELINE", "--partitions", "0"), "--partitions"),
        Arguments.of(List.of("score", "PIPELINE", "--input", "x"), "--output"),
        Arguments.of(List.of("demo", "--seconds", "0"), "--seconds"),
        Arguments.of(List.of("demo", "--rate", "fast"), "--rate"),
        Arguments.of(List.of("inspect"), "MODEL.onnx"));
  }

  @Test
  void shouldShowItsUsageWhenNothingIsTyped() {
    Run run = Run.of();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("Usage: yapok").contains("demo", "dev", "run", "score", "check", "inspect", "init", "reset", "start-cache");
  }

  @Test
  void shouldTellItsVersionAndHelpOnStandardOutput() {
    assertThat(Run.of("--version")).returns(0, Run::code).returns("", Run::err).extracting(Run::out).asString().contains("Yapok", "Kafka clients 4.3.1", "Java 25");
    assertThat(Run.of("--help")).returns(0, Run::code).returns("", Run::err);
    assertThat(HelpPages.commands()).hasSize(12).allSatisfy(command -> assertThat(HelpPages.of(command)).contains("Usage: yapok " + command));
  }

  @Test
  void shouldRefuseAClientConfigurationThatIsNotThere() {
    Run run = Run.of("run", pipeline, "--bootstrap-server", "127.0.0.1:1", "--command-config", directory.resolve("no.properties"), "--management", "none");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors()).singleElement().asString().startsWith("error: the client configuration cannot be read").contains("no.properties");
  }

  @Test
  void shouldScoreAFileAndEndWithOneWhenRejectsHaveNoFile() throws IOException {
    Path input = Files.writeString(directory.resolve("in"), TestPipeline.record(1) + "\nnonsense\n" + TestPipeline.record(2) + "\n");
    Path output = directory.resolve("out");

    Run without = Run.of("score", pipeline, "--input", input, "--output", output);
    Run with = Run.of("score", pipeline, "--input", input, "--output", output, "--rejects", directory.resolve("rejects"));

    assertThat(without.code()).isEqualTo(1);
    assertThat(without.errors()).hasSize(2).first().asString().startsWith("error: ").contains(input + ":2 (source)");
    assertThat(with.code()).isZero();
    assertThat(with.err()).startsWith("3 in = 2 answered + 1 rejected in ");
    assertThat(Files.readAllLines(output)).hasSize(2);
  }

  @Test
  void shouldInspectAModelForPeopleAndForPrograms() {
    Path model = directory.resolve("lr.onnx");

    assertThat(Run.of("inspect", model)).returns(0, Run::code).returns("", Run::err).extracting(Run::out).asString().contains("sha256", "opset", "x", "score", "rows a run");
    assertThat(Run.of("inspect", "--json", model))
        .returns(0, Run::code)
        .extracting(Run::out)
        .asString()
        .hasLineCount(1)
        .startsWith("{\"name\":\"lr\",\"sha256\":\"")
        .contains("\"inputs\":[{\"name\":\"x\",\"type\":")
        .contains("\"rows_per_run\":");
    assertThat(Run.of("inspect", directory.resolve("no.onnx"))).returns(1, Run::code).extracting(Run::errors).asList().singleElement().asString().startsWith("error: ");
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldWriteAFirstPipelineThatCheckAccepts(String name, OnnxModel model) throws IOException {
    Path file = model.writeTo(directory.resolve(name + ".onnx"));

    Run init = Run.of("init", file);

    Path document = directory.resolve(name + ".yaml");
    assertThat(init).returns(0, Run::code).returns("", Run::err).extracting(Run::out).asString().startsWith("wrote " + document).contains("FILL IN");
    assertThat(Run.of("check", document)).as(Files.readString(document)).returns("", Run::err).returns(0, Run::code);
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of("lr64", SampleModels.lr64()),
        Arguments.of("fixed3", SampleModels.fixedBatch(3, 5, 1)),
        Arguments.of("two", SampleModels.twoInTwoOut(3)),
        Arguments.of("texts", SampleModels.identity(ElementType.STRING, 2)),
        Arguments.of("truths", SampleModels.identity(ElementType.BOOL, 2)),
        Arguments.of("word", SampleModels.wordPlace("a", "b")),
        Arguments.of("zipmap", SampleModels.zipMapClassifier()),
        Arguments.of("across", AwkwardModels.softmaxAcrossRows(4)),
        Arguments.of("quantized", AwkwardModels.dynamicallyQuantized(8, 3)),
        Arguments.of("on", AwkwardModels.nonFinite(2)),
        Arguments.of("1 odd name!", SampleModels.logisticRegression(2, 1)));
  }

  @ParameterizedTest
  @MethodSource("refusedModels")
  void shouldSayWhyAModelCannotBeUsed(String name, OnnxModel model, String reason) throws IOException {
    Run init = Run.of("init", model.writeTo(directory.resolve(name + ".onnx")));

    assertThat(init.code()).isEqualTo(1);
    assertThat(init.errors()).isNotEmpty().allSatisfy(line -> assertThat(line).startsWith("error: ")).anySatisfy(line -> assertThat(line).contains(reason));
    assertThat(directory.resolve(name + ".yaml")).doesNotExist();
  }

  static Stream<Arguments> refusedModels() {
    return Stream.of(
        Arguments.of("external", AwkwardModels.externalData("weights.bin"), "weights.bin"),
        Arguments.of("unknown", AwkwardModels.unknownOperator(2), "Frobnicate"),
        Arguments.of("future", AwkwardModels.futureOpset(2), "opset"));
  }

  @Test
  void shouldNotOverwriteADocument() throws IOException {
    Files.writeString(directory.resolve("lr.yaml"), "mine");

    Run init = Run.of("init", directory.resolve("lr.onnx"));

    assertThat(init.code()).isEqualTo(1);
    assertThat(init.errors()).singleElement().asString().startsWith("error: the file is there already").contains("lr.yaml");
    assertThat(directory.resolve("lr.yaml")).hasContent("mine");
  }

  @Test
  void shouldWriteTheDocumentWhereItIsTold() throws IOException {
    Path model = directory.resolve("lr.onnx");

    assertThat(Run.of("init", model, "--name", "mine", "--output", directory.resolve("other.yaml")).code()).isZero();
    assertThat(directory.resolve("other.yaml")).content().contains("name: mine");
    assertThat(Run.of("init", model, "--output", "-")).returns(0, Run::code).extracting(Run::out).asString().contains("name: lr").doesNotContain("wrote");
    assertThat(Run.of("init", model, "--output", directory.resolve("nowhere/x.yaml"))).returns(3, Run::code).extracting(Run::errors).asList().hasSize(1);
  }
}
