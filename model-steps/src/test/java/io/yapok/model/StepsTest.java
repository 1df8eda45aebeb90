package io.yapok.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents with models, compiled and run on JSON records. */
final class StepsTest {
  @TempDir private Path directory;

  private TestPipeline pipeline() {
    return new TestPipeline(directory)
        .with("add.onnx", SampleModels.twoInTwoOut(2))
        .with("id2.onnx", SampleModels.identity(ElementType.FLOAT, 2))
        .with("id3.onnx", SampleModels.identity(ElementType.FLOAT, 3))
        .with("whole.onnx", SampleModels.identity(ElementType.INT64, 1));
  }

  @Test
  void shouldFeedInputsFromFieldsOfTheirNamesWhenNothingIsMapped() {
    assertThat(pipeline().run("  - model: add.onnx", "{'left': [1, 2], 'right': [10, 20]}"))
        .containsExactly("{'sum':[11.0,22.0],'difference':[-9.0,-18.0]}");
  }

  @Test
  void shouldDecodeStraightIntoTheModelsColumnWhenTheFieldIsTakenAsItComes() {
    try (CompiledSteps steps = pipeline().compile("  - {model: add.onnx, inputs: {left: a.b, right: a.b}}")) {
      assertThat(steps.source().fields()).containsExactly(new SourceField("a.b", 0, null));
      assertThat(steps.layout().column(0).shape()).isEqualTo(RowShape.of(2));
      assertThat(steps.layout().columns()).hasSize(3);
    }
  }

  @Test
  void shouldLayFieldsOutOneAfterTheOtherWhenAListIsMapped() {
    TestPipeline pipeline = pipeline().source("source: {topic: in, fields: {v: {type: float32, shape: [2]}}}");
    String steps = "  - {model: id3.onnx, inputs: {x: [v, {field: n, scale: 0.5, offset: 1}]}}";
    assertThat(pipeline.run(steps, "{'v': [1, 2], 'n': 3}", "{'v': [4, 5], 'n': 6}")).containsExactly("{'y':[1.0,2.0,2.5]}", "{'y':[4.0,5.0,4.0]}");
  }

  @Test
  void shouldComputeInDoubleAndRoundOnceWhenScaled() {
    String steps = "  - {model: id2.onnx, inputs: {x: {field: x, scale: 0.1, offset: 0.2}}}";
    float expected = (float) (16777217d * 0.1 + 0.2);
    assertThat(pipeline().run(steps, "{'x': [16777217, 1]}")).containsExactly("{'y':[" + expected + "," + (float) (0.1 + 0.2) + "]}");
  }

  @Test
  void shouldMakeWordsNumbersAndVectorsWhenThereIsAVocabulary() {
    TestPipeline pipeline = pipeline().with("words.txt", "\uFEFFred\r\ngreen\r\n");
    String steps = "  - {model: id3.onnx, inputs: {x: [{field: c, vocabulary: words.txt, one_hot: true}, {field: d, vocabulary: [x, \u00e9, z], default: z}]}}";
    assertThat(pipeline.run(steps, "{'c': 'green', 'd': '\u00e9'}", "{'c': 'blue', 'd': 'x'}", "{'c': 'red', 'd': 'other'}", "{'c': 'red'}"))
        .containsExactly("{'y':[0.0,1.0,1.0]}", "NOT_IN_VOCABULARY id3 c", "{'y':[1.0,0.0,2.0]}", "{'y':[1.0,0.0,2.0]}");
  }

  @Test
  void shouldFindNumbersAndTruthValuesInVocabulariesOfSuch() {
    String steps = "  - {model: id3.onnx, inputs: {x: [{field: a, vocabulary: [30, -5]}, {field: b, vocabulary: [0.5, 2]}, {field: c, vocabulary: [true, false]}]}}";
    assertThat(pipeline().run(steps, "{'a': -5, 'b': 2.0, 'c': false}", "{'a': 4, 'b': 2.0, 'c': false}"))
        .containsExactly("{'y':[1.0,1.0,1.0]}", "NOT_IN_VOCABULARY id3 a");
  }

  @Test
  void shouldRejectOnlyTheRecordWhoseNumbersDoNotFit() {
    TestPipeline pipeline = pipeline().with("small.onnx", SampleModels.identity(ElementType.INT8, 1)).source("source: {topic: in, fields: {n: int64}}");
    assertThat(pipeline.run("  - {model: small.onnx, inputs: {x: n}}", "{'n': 127}", "{'n': 128}", "{'n': -128}"))
        .containsExactly("{'y':[127]}", "OUT_OF_RANGE small n", "{'y':[-128]}");
    String scaled = "  - {model: id2.onnx, inputs: {x: {field: x, scale: 1e38}}}";
    assertThat(pipeline.run(scaled, "{'x': [1, 2]}", "{'x': [1, 10]}")).containsExactly("{'y':[1.0E38,2.0E38]}", "OUT_OF_RANGE id2 x");
  }

  @Test
  void shouldRejectNonfiniteInputsUnlessTheStepAllowsThem() {
    String[] records = {"{'x': [1, 2]}", "{'x': [1, 'NaN']}", "{'x': ['-Infinity', 2]}"};
    assertThat(pipeline().run("  - model: id2.onnx", records)).containsExactly("{'y':[1.0,2.0]}", "NONFINITE_INPUT id2 x", "NONFINITE_INPUT id2 x");
    assertThat(pipeline().run("  - {model: id2.onnx, nonfinite: allow}", records))
        .containsExactly("{'y':[1.0,2.0]}", "{'y':[1.0,'NaN']}", "{'y':['-Infinity',2.0]}");
    assertThat(pipeline().run("  - {model: id2.onnx, inputs: {x: [a, b]}}", "{'a': 1, 'b': 'Infinity'}")).containsExactly("NONFINITE_INPUT id2 a, b");
    assertThat(pipeline().run("  - {model: id2.onnx, inputs: {x: {field: x, scale: 2}}}", records))
        .containsExactly("{'y':[2.0,4.0]}", "NONFINITE_INPUT id2 x", "NONFINITE_INPUT id2 x");
  }

  @Test
  void shouldChainModelsAndTransformsAndRules() {
    String steps =
        """
          - {model: add.onnx, outputs: {sum: total, difference: gap}}
          - transform: {twice: 'total[0] * 2.0'}
          - {model: id3.onnx, inputs: {x: [out.total, {field: twice, offset: 1}]}}
          - validate: {large: max(y) > 100.0}
        """;
    assertThat(pipeline().run(steps, "{'left': [1, 2], 'right': [10, 20]}", "{'left': [100, 2], 'right': [10, 20]}"))
        .containsExactly(
            "{'total':[11.0,22.0],'gap':[-9.0,-18.0],'twice':22.0,'y':[11.0,22.0,23.0]},'anomaly':{'count':0,'large':false}",
            "{'total':[110.0,22.0],'gap':[90.0,-18.0],'twice':220.0,'y':[110.0,22.0,221.0]},'anomaly':{'count':1,'large':true}");
  }

  @Test
  void shouldReadStateWhereTheDocumentSaysSo() {
    TestPipeline pipeline = pipeline().source("source: {topic: in}\nstate: {features: {seen: count, gap: seconds_since_last}}");
    assertThat(pipeline.run("  - {model: id3.onnx, inputs: {x: [a, state.seen, gap]}}", "{'a': 1}")).containsExactly("{'y':[1.0,7.0,0.5]}");
  }

  @Test
  void shouldReadAFieldAsALaterModelTakesItWhenAnExpressionComesFirst() {
    String steps = "  - transform: {first: 'x[0]'}\n  - model: id2.onnx";
    assertThat(pipeline().run(steps, "{'x': [0.1, 2]}")).containsExactly("{'first':0.1,'y':[0.1,2.0]}");
  }

  @Test
  void shouldGiveTheSinksConditionAColumnThatNoResultShows() {
    try (CompiledSteps steps = pipeline().sink("sink: {topic: out, only: y > 1.0 && z}").compile("  - transform: {y: x * 2.0}")) {
      assertThat(Objects.requireNonNull(steps.only()).slot()).isNotNegative();
      assertThat(steps.steps()).hasSize(1);
      assertThat(steps.result().outputs()).extracting(ResultSchema.Named::name).containsExactly("y");
      assertThat(steps.result().anomalies()).isEmpty();
    }
    assertThat(pipeline().sink("sink: {topic: out, only: y + 1.0}").problems("  - transform: {y: x * 2.0}")).singleElement().asString().contains("(sink.only)");
    assertThat(pipeline().sink("sink: {topic: out, only: out.z}").problems("  - transform: {y: x * 2.0}")).singleElement().asString().contains("(sink.only)");
  }

  @Test
  void shouldShowTheRankingAloneWhenRowsAreRanked() {
    TestPipeline pipeline = pipeline().source("source: {topic: in, rows: items}").with("lr.onnx", SampleModels.identity(ElementType.FLOAT, 1));
    String steps = "  - {model: lr.onnx, inputs: {x: price}, outputs: {y: score}}\n  - rank: {by: score, keep: 2, fields: [id, price, score, q]}";
    assertThat(pipeline.run(steps, "{'q': 'x', 'items': [{'id': 1, 'price': 1.50}, {'id': 2, 'price': 3}, {'id': 3, 'price': 2}]}"))
        .containsExactly("{'ranked':[{'id':2,'price':3,'score':[3.0],'q':'x'},{'id':3,'price':2,'score':[2.0],'q':'x'}]}");
  }

  @Test
  void shouldShowAnArrayOfAnswersWhenRowsAreNotRanked() {
    TestPipeline pipeline = pipeline().source("source: {topic: in, rows: items}");
    assertThat(pipeline.run("  - model: id2.onnx", "{'items': [{'x': [1, 2]}, {'x': [3, 4]}]}")).containsExactly("{'y':[[1.0,2.0],[3.0,4.0]]}");
  }

  @Test
  void shouldRoundToWholeNumbersOnlyWhereItIsAskedTo() {
    TestPipeline pipeline = pipeline().source("source: {topic: in, fields: {n: float64}}");
    assertThat(pipeline.problems("  - {model: whole.onnx, inputs: {x: n}}")).singleElement().asString().contains("is float64", "takes int64", "cast: int64");
    assertThat(pipeline.run("  - {model: whole.onnx, inputs: {x: {field: n, cast: int64}}}", "{'n': 2.5}", "{'n': 3.5}", "{'n': 1e19}"))
        .containsExactly("{'y':[2]}", "{'y':[4]}", "OUT_OF_RANGE whole n");
  }

  @Test
  void shouldAnswerEachRecordAlikeWhateverTheBatch() {
    TestPipeline pipeline = pipeline().with("lr.onnx", SampleModels.logisticRegression(3, 5));
    String steps = "  - {model: lr.onnx, inputs: {x: [a, {field: b, vocabulary: [p, q], default: p}, {field: c, scale: 0.3, offset: -1}]}}";
    String[] records = new String[50];
    for (int i = 0; i < records.length; i++) {
      records[i] = i % 7 == 3 ? "{'a': 'NaN', 'b': 'q', 'c': 1}" : "{'a': " + i / 3.0 + ", 'b': '" + (i % 2 == 0 ? "q" : "r") + "', 'c': " + i + "}";
    }
    List<String> alone = pipeline.run(steps, 1, records);
    assertThat(pipeline.run(steps, 7, records)).isEqualTo(alone);
    assertThat(pipeline.run(steps, 50, records)).isEqualTo(alone);
    assertThat(alone).filteredOn(answer -> answer.startsWith("NONFINITE")).hasSize(7);
  }

  @Test
  void shouldTakeTheHighestVersionWhenNoneIsNamed() {
    TestPipeline pipeline =
        pipeline()
            .with("models/net/2/model.onnx", SampleModels.identity(ElementType.FLOAT, 1))
            .with("models/net/10/model.onnx", SampleModels.identity(ElementType.FLOAT, 2))
            .with("models/net/notes/readme.txt", "");
    try (CompiledSteps steps = pipeline.compile("  - model: net")) {
      assertThat(steps.models()).singleElement().satisfies(model -> assertThat(model.version().version()).isEqualTo(10));
      assertThat(steps.steps()).singleElement().satisfies(step -> assertThat(step.name()).isEqualTo("net"));
    }
    try (CompiledSteps steps = pipeline.compile("  - model: net/2")) {
      assertThat(steps.result().models().getFirst().version()).isEqualTo(2);
    }
  }

  @Test
  void shouldHaveAnotherVersionWhenDocumentModelOrVocabularyIsAnother() {
    TestPipeline pipeline = pipeline().with("w.txt", "a\nb");
    String steps = "  - {model: id2.onnx, inputs: {x: [n, {field: w, vocabulary: w.txt}]}}";
    String first = version(pipeline, steps);
    assertThat(first).hasSize(16).isEqualTo(version(pipeline, steps + "   # a comment"));
    assertThat(version(pipeline, steps.replace("[n,", "[m,"))).isNotEqualTo(first);
    assertThat(version(pipeline.with("w.txt", "b\na"), steps)).isNotEqualTo(first);
    pipeline.with("w.txt", "a\nb").with("id2.onnx", SampleModels.identity(ElementType.FLOAT, 2).metadata("made", "again"));
    assertThat(version(pipeline, steps)).isNotEqualTo(first);
  }

  private static String version(TestPipeline pipeline, String steps) {
    try (CompiledSteps compiled = pipeline.compile(steps)) {
      return compiled.version();
    }
  }

  @Test
  void shouldSayWhyAModelRunsRowByRow() {
    try (CompiledSteps steps = pipeline().with("soft.onnx", AwkwardModels.softmaxAcrossRows(2)).compile("  - model: soft.onnx")) {
      assertThat(steps.notes()).singleElement().asString().contains("soft", "row by row");
    }
  }

  @Test
  void shouldFollowSymbolicLinksAndPathsOutOfTheDirectory() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path beside = Files.createDirectories(directory.resolve("beside"));
    new TestPipeline(elsewhere).with("m.onnx", SampleModels.identity(ElementType.FLOAT, 1));
    Files.createSymbolicLink(beside.resolve("link.onnx"), elsewhere.resolve("m.onnx"));
    TestPipeline pipeline = new TestPipeline(beside);
    assertThat(pipeline.run("  - model: link.onnx", "{'x': 1}")).containsExactly("{'y':[1.0]}");
    assertThat(pipeline.run("  - model: ../elsewhere/m.onnx", "{'x': 1}")).containsExactly("{'y':[1.0]}");
    assertThat(pipeline.run("  - model: " + elsewhere.resolve("m.onnx"), "{'x': 1}")).containsExactly("{'y':[1.0]}");
  }
}
