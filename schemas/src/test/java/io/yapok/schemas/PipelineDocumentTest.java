package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.PipelineDocument.BatchLimits;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineDocument.Delivery;
import io.yapok.schemas.PipelineDocument.Format;
import io.yapok.schemas.PipelineDocument.KafkaSettings;
import io.yapok.schemas.PipelineDocument.Rejects;
import io.yapok.schemas.PipelineDocument.Sink;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.PipelineDocument.Tombstone;
import io.yapok.schemas.PipelineState.Aggregate;
import io.yapok.schemas.PipelineState.Dedupe;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Late;
import io.yapok.schemas.PipelineState.Moment;
import io.yapok.schemas.PipelineState.Sequence;
import io.yapok.schemas.PipelineState.Window;
import io.yapok.schemas.PipelineStep.Formula;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.PipelineStep.ModelOutput;
import io.yapok.schemas.PipelineStep.ModelReference;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Nonfinite;
import io.yapok.schemas.PipelineStep.OneHot;
import io.yapok.schemas.PipelineStep.RankStep;
import io.yapok.schemas.PipelineStep.Recurrence;
import io.yapok.schemas.PipelineStep.TransformStep;
import io.yapok.schemas.PipelineStep.ValidateStep;
import io.yapok.schemas.PipelineStep.Vocabulary;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineDocumentTest {
  private static Where at(int line, int column, String path) {
    return new Where("digits.yaml", line, column, path);
  }

  private static <T> Located<T> located(T value, int line, int column, String path) {
    return new Located<>(value, at(line, column, path));
  }

  /** A value whose place a comparison ignores. */
  private static <T> Located<T> any(T value) {
    return new Located<>(value, Where.of("anywhere"));
  }

  private static final Where ANYWHERE = Where.of("anywhere");

  @Test
  void shouldReadTheExactRecordsWhenGivenTheDigitsExample() {
    PipelineDocument document = PipelineDocument.parse(Documents.DIGITS, "digits.yaml");

    Where input = at(6, 15, "steps[0].inputs.Input3");
    assertThat(document)
        .isEqualTo(
            new PipelineDocument(
                located("digits", 1, 7, "name"),
                new Source(
                    located("digits", 2, 17, "source.topic"), Format.JSON, null, null, Tombstone.REJECT, List.of(), at(2, 9, "source")),
                List.of(),
                PipelineState.none(at(1, 1, "state")),
                List.of(
                    new ModelStep(
                        located("mnist", 4, 5, "steps[0]"),
                        located(new ModelReference.InFile("mnist.onnx"), 4, 12, "steps[0].model"),
                        List.of(
                            new ModelInput(
                                located("Input3", 6, 7, "steps[0].inputs.Input3"),
                                List.of(InputField.plain(new Located<>("pixels", input))),
                                input)),
                        List.of(
                            new ModelOutput(
                                located("Plus214_Output_0", 8, 7, "steps[0].outputs.Plus214_Output_0"),
                                located("scores", 8, 25, "steps[0].outputs.Plus214_Output_0"))),
                        null,
                        false,
                        Nonfinite.REJECT,
                        List.of(),
                        at(4, 5, "steps[0]")),
                    new TransformStep(
                        located("transform", 9, 5, "steps[1]"),
                        List.of(
                            new Formula(
                                located("digit", 10, 7, "steps[1].transform.digit"),
                                located("argmax(scores)", 10, 14, "steps[1].transform.digit"))),
                        at(9, 5, "steps[1]")),
                    new ValidateStep(
                        located("validate", 11, 5, "steps[2]"),
                        List.of(
                            new Formula(
                                located("unsure", 12, 7, "steps[2].validate.unsure"),
                                located("max(scores) < 5.0", 12, 15, "steps[2].validate.unsure"))),
                        at(11, 5, "steps[2]"))),
                new Sink(located("digits-scored", 13, 15, "sink.topic"), Format.JSON, null, at(13, 7, "sink")),
                new Rejects.ToTopic(located("digits-rejected", 14, 18, "rejects.topic")),
                Delivery.EXACTLY_ONCE_V2,
                new BatchLimits(1000, 4 << 20, Duration.ofMillis(100)),
                List.of(),
                List.of(),
                new KafkaSettings(Map.of()),
                at(1, 1, "")));
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGiven() {
    PipelineDocument document = PipelineDocument.parse(Documents.EVERYTHING, "everything.yaml");

    Map<String, Located<String>> kafka = new LinkedHashMap<>();
    kafka.put("security.protocol", any("SASL_SSL"));
    kafka.put("sasl.jaas.config", any("${env:JAAS}"));
    kafka.put("producer.linger.ms", any("5"));
    assertThat(document)
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Where.class)
        .isEqualTo(
            new PipelineDocument(
                any("ranking"),
                new Source(
                    any("requests"),
                    Format.JSON,
                    any("customer.id"),
                    any("items"),
                    Tombstone.PASS,
                    List.of(
                        new DeclaredField(any("amount"), ElementType.FLOAT32, RowShape.SCALAR, null, ANYWHERE),
                        new DeclaredField(any("embedding"), ElementType.FLOAT64, RowShape.of(2, -1), any(-1.5), ANYWHERE),
                        new DeclaredField(any("label"), ElementType.TEXT, RowShape.SCALAR, any("none"), ANYWHERE)),
                    ANYWHERE),
                List.of(
                    new PipelineTable(
                        any("users"), any("users"), Format.JSON, null, false, PipelineTable.AsOf.RECORD, Duration.ofHours(36),
                        List.of(new DeclaredField(any("age"), ElementType.FLOAT32, RowShape.SCALAR, null, ANYWHERE)), ANYWHERE),
                    new PipelineTable(
                        any("items"), any("items"), Format.AVRO, any("item.id"), true, PipelineTable.AsOf.LATEST, PipelineTable.DEFAULT_HISTORY,
                        List.of(
                            new DeclaredField(any("taste"), ElementType.FLOAT32, RowShape.of(16), any(0L), ANYWHERE),
                            new DeclaredField(any("title"), ElementType.TEXT, RowShape.SCALAR, null, ANYWHERE)),
                        ANYWHERE)),
                new PipelineState(
                    List.of(
                        feature("seen", Aggregate.COUNT, null, new Window.Past(), 1, 0.5, null, Moment.BEFORE, 0),
                        feature("gap", Aggregate.SECONDS_SINCE_LAST, null, new Window.Past(), 1, 0.5, null, Moment.AFTER, 3.5),
                        feature("spent", Aggregate.SUM, "amount", new Window.Sliding(Duration.ofHours(24), 48), 1, 0.5, null, Moment.BEFORE, 0),
                        feature("high", Aggregate.MAX, "amount", new Window.Tumbling(Duration.ofDays(1)), 1, 0.5, null, Moment.AFTER, -1),
                        feature("rounds", Aggregate.QUANTILE, "amount", new Window.Session(Duration.ofMinutes(30)), 1, 0.9, null, Moment.BEFORE, 0),
                        feature("smooth", Aggregate.EWMA, "amount", new Window.Past(), 1, 0.5, Duration.ofSeconds(90), Moment.BEFORE, 0),
                        feature("shops", Aggregate.TOP, "shop", new Window.Past(), 3, 0.5, null, Moment.BEFORE, 0)),
                    List.of(new Sequence(any("history"), List.of(any("amount"), any("age")), 16, Moment.BEFORE, 0.5f, ANYWHERE)),
                    new Dedupe(any("order"), Duration.ofHours(2), 10, ANYWHERE),
                    Late.NEWEST_WINDOW,
                    Duration.ofDays(30),
                    32L << 20,
                    2,
                    ANYWHERE),
                List.of(
                    new ModelStep(
                        any("fraud"),
                        any(new ModelReference.InRepository("fraud", 3L)),
                        List.of(
                            new ModelInput(
                                any("features"),
                                List.of(
                                    InputField.plain(any("amount")),
                                    new InputField(any("age"), 0.5, -1, any(0L), null, null, null, ANYWHERE),
                                    new InputField(
                                        any("country"), 1, 0, any("CH"), new Vocabulary.Listed(List.of("CH", "DE", 7L), ANYWHERE), new OneHot(null, ANYWHERE), null, ANYWHERE)),
                                ANYWHERE),
                            new ModelInput(
                                any("words"),
                                List.of(
                                    new InputField(any("word"), 1, 0, null, new Vocabulary.InFile("words.txt", ANYWHERE), null, any(ElementType.INT64), ANYWHERE)),
                                ANYWHERE),
                            new ModelInput(
                                any("class"), List.of(new InputField(any("class"), 1, 0, null, null, new OneHot(10, ANYWHERE), null, ANYWHERE)), ANYWHERE)),
                        List.of(new ModelOutput(any("probabilities"), any("score"))),
                        any(3),
                        true,
                        Nonfinite.ALLOW,
                        List.of(new Recurrence(any("h_in"), any("h_out")), new Recurrence(any("c_in"), any("c_out"))),
                        ANYWHERE),
                    new ModelStep(
                        any("second"), any(new ModelReference.InRepository("other", null)), List.of(), List.of(), null, false, Nonfinite.REJECT, List.of(), ANYWHERE),
                    new TransformStep(any("transform"), List.of(new Formula(any("twice"), any("score * 2.0"))), ANYWHERE),
                    new TransformStep(any("transform-2"), List.of(new Formula(any("one"), any("1"))), ANYWHERE),
                    new RankStep(any("best"), any("score"), any(10), List.of(any("id"), any("score")), false, ANYWHERE)),
                new Sink(any("ranked"), Format.JSON, null, ANYWHERE),
                new Rejects.Fail(),
                Delivery.AT_LEAST_ONCE,
                new BatchLimits(64, 512 << 10, Duration.ofMillis(5)),
                List.of(any("id"), any("items")),
                List.of(any("secret")),
                new KafkaSettings(kafka),
                ANYWHERE));
  }

  @Test
  void shouldNotShowValuesOfKafkaSettingsWhenPrinted() {
    PipelineDocument document = PipelineDocument.parse(Documents.DIGITS + "kafka: {ssl.keystore.password: hunter2}\n", "digits.yaml");

    assertThat(document.toString()).contains("ssl.keystore.password").doesNotContain("hunter2");
  }

  private static Feature feature(
      String name, Aggregate aggregate, @Nullable String of, Window window, int n, double q, @Nullable Duration halfLife, Moment at, double fallback) {
    return new Feature(any(name), aggregate, of == null ? null : any(of), window, n, q, halfLife, at, fallback, ANYWHERE);
  }
}
