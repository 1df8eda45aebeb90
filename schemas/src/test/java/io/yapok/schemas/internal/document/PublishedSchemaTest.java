package io.yapok.schemas.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.yapok.schemas.Documents;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineDocument.Choice;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineStep;
import io.yapok.schemas.PipelineTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema for editors says what the reader does. */
class PublishedSchemaTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String TEXT = text();
  private static final JsonNode TREE = JSON.readTree(TEXT);
  private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(TEXT, InputFormat.JSON);

  private static String text() {
    try (InputStream in = PipelineDocument.class.getResourceAsStream("pipeline.schema.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Error> errors(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return SCHEMA.validate(JSON.valueToTree(new Load(settings).loadFromString(yaml)));
  }

  static Stream<Arguments> mappings() {
    return Stream.of(
        Arguments.of("", Keys.DOCUMENT),
        Arguments.of("/properties/source", Keys.SOURCE),
        Arguments.of("/definitions/table", Keys.TABLE),
        Arguments.of("/properties/state", Keys.STATE),
        Arguments.of("/definitions/feature", Keys.FEATURE),
        Arguments.of("/definitions/sequence", Keys.SEQUENCE),
        Arguments.of("/definitions/dedupe", Keys.DEDUPE),
        Arguments.of("/properties/sink", Keys.SINK),
        Arguments.of("/properties/batch", Keys.BATCH),
        Arguments.of("/definitions/rejects", Keys.REJECTS),
        Arguments.of("/definitions/declaredField", Keys.FIELD),
        Arguments.of("/definitions/modelStep", Keys.MODEL),
        Arguments.of("/definitions/transformStep", Keys.TRANSFORM),
        Arguments.of("/definitions/validateStep", Keys.VALIDATE),
        Arguments.of("/definitions/rankStep", Keys.RANK),
        Arguments.of("/definitions/rankStep/properties/rank", Keys.RANKING),
        Arguments.of("/definitions/inputField", Keys.INPUT));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void shouldHaveTheReadersKeysWhenAMappingsKeysAreKnown(String pointer, List<String> keys) {
    JsonNode mapping = TREE.at(pointer);

    assertThat(mapping.get("properties").propertyNames()).containsExactlyElementsOf(keys);
    assertThat(mapping.get("additionalProperties").booleanValue()).isFalse();
  }

  @Test
  void shouldDescribeEveryKeyWhenEditorsShowThem() {
    assertThat(mappings().map(mapping -> TREE.at((String) mapping.get()[0]).get("properties")))
        .allSatisfy(properties -> properties.properties().forEach(entry -> assertThat(described(entry.getValue())).as(entry.getKey()).isTrue()));
  }

  private static boolean described(JsonNode property) {
    return property.has("description") || (property.has("$ref") && TREE.at(property.get("$ref").stringValue().substring(1)).has("description"));
  }

  static Stream<Arguments> choices() {
    return Map.<String, Choice[]>of(
            "/definitions/format", PipelineDocument.Format.values(),
            "/properties/source/properties/tombstone", PipelineDocument.Tombstone.values(),
            "/definitions/feature/properties/aggregate", PipelineState.Aggregate.values(),
            "/definitions/moment", PipelineState.Moment.values(),
            "/properties/state/properties/late", PipelineState.Late.values(),
            "/definitions/table/properties/as_of", PipelineTable.AsOf.values(),
            "/properties/delivery", PipelineDocument.Delivery.values(),
            "/definitions/modelStep/properties/nonfinite", PipelineStep.Nonfinite.values())
        .entrySet()
        .stream()
        .map(entry -> Arguments.of(entry.getKey(), Arrays.stream(entry.getValue()).map(Choice::label).toList()));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void shouldHaveTheReadersWordsWhenAKeyTakesOneOfAFew(String pointer, List<String> words) {
    assertThat(TREE.at(pointer).get("enum").valueStream().map(JsonNode::stringValue)).containsExactlyElementsOf(words);
  }

  @Test
  void shouldHaveTheReadersTypesWhenAFieldIsDeclared() {
    List<String> types = Arrays.stream(ElementType.values()).map(ElementType::label).toList();

    assertThat(TREE.at("/definitions/type/enum").valueStream().map(JsonNode::stringValue)).containsExactlyElementsOf(types);
    assertThat(TREE.at("/definitions/inputField/properties/cast/enum").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(types.stream().filter(type -> !type.equals("json")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {Documents.DIGITS, Documents.EVERYTHING})
  void shouldAcceptADocumentWhenTheReaderDoes(String document) {
    assertThat(errors(document)).isEmpty();
  }

  @Test
  void shouldAcceptTheReferencesExamplesWhenTheReaderDoes() throws IOException {
    assertThat(Reference.documents()).isNotEmpty().allSatisfy(document -> {
      PipelineDocument.parse(document, "docs/pipeline.md");
      assertThat(errors(document)).isEmpty();
    });
  }

  @Test
  void shouldAcceptEveryPipelineOfTheRepositoryWhenTheReaderDoes() throws IOException {
    for (Path file : Reference.pipelines()) {
      PipelineDocument.read(file);
      assertThat(errors(Files.readString(file))).as(file.toString()).isEmpty();
    }
  }

  @Test
  void shouldRefuseADocumentWhenTheReaderDoesNotKnowAKey() throws IOException {
    List<String> unknown = MistakesTest.mistakes().filter(mistake -> mistake.problem().startsWith("unknown key")).map(MistakesTest.Mistake::document).toList();

    assertThat(unknown).hasSizeGreaterThan(10).allSatisfy(document -> assertThat(errors(document)).isNotEmpty());
  }

  @Test
  void shouldAcceptADocumentWhenOnlyItsPartsDisagree() {
    assertThat(errors(Documents.DIGITS.replace("digits-scored", "digits"))).isEmpty();
  }
}
