package io.yapok.schemas.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.OwnSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** pipeline.avsc has the keys that the reader takes. */
class PipelineSchemaTest {
  private static final Schema PIPELINE = new Schema.Parser().parse(OwnSchema.PIPELINE.json(false));

  static Stream<Arguments> mappings() {
    List<Schema> steps = field(PIPELINE, "steps").getElementType().getTypes();
    Schema source = field(PIPELINE, "source");
    Schema state = field(PIPELINE, "state").getTypes().getLast();
    return Stream.of(
        Arguments.of(PIPELINE, Keys.DOCUMENT.stream().filter(key -> !List.of("apiVersion", "kafka").contains(key)).toList()),
        Arguments.of(source, Keys.SOURCE),
        Arguments.of(field(source, "fields").getElementType(), Stream.concat(Stream.of("path"), Keys.FIELD.stream()).toList()),
        Arguments.of(field(PIPELINE, "tables").getElementType(), Stream.concat(Stream.of("name"), Keys.TABLE.stream()).toList()),
        Arguments.of(state, Keys.STATE),
        Arguments.of(field(state, "features").getElementType(), Stream.concat(Stream.of("name"), Keys.FEATURE.stream()).toList()),
        Arguments.of(field(state, "dedupe").getTypes().getLast(), Keys.DEDUPE),
        Arguments.of(field(state, "sequence").getElementType(), Stream.concat(Stream.of("name"), Keys.SEQUENCE.stream()).toList()),
        Arguments.of(steps.get(0), Keys.MODEL),
        Arguments.of(field(field(steps.get(0), "inputs").getElementType(), "fields").getElementType(), Keys.INPUT),
        Arguments.of(steps.get(1), Keys.TRANSFORM),
        Arguments.of(steps.get(2), Keys.VALIDATE),
        Arguments.of(steps.get(3), Keys.RANK),
        Arguments.of(field(steps.get(3), "rank"), Keys.RANKING),
        Arguments.of(field(PIPELINE, "sink"), Keys.SINK),
        Arguments.of(field(PIPELINE, "rejects").getTypes().getLast(), Keys.REJECTS),
        Arguments.of(field(PIPELINE, "batch"), Keys.BATCH));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void shouldHaveTheReadersKeys(Schema record, List<String> keys) {
    assertThat(record.getFields()).extracting(Schema.Field::name).containsExactlyElementsOf(keys);
  }

  @Test
  void shouldHaveARecordForEveryKindOfStep() {
    List<String> first = new ArrayList<>();
    field(PIPELINE, "steps").getElementType().getTypes().forEach(step -> first.add(step.getFields().getFirst().name()));

    assertThat(first).containsExactlyElementsOf(Keys.KINDS);
  }

  private static Schema field(Schema record, String name) {
    return record.getField(name).schema();
  }
}
