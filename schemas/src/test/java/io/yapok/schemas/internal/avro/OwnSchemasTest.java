package io.yapok.schemas.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our own schemas read what each earlier version of them wrote, and say what every field is. */
class OwnSchemasTest {
  @ParameterizedTest
  @EnumSource
  void shouldReadWhatEveryVersionWrote(OwnSchema own) throws IOException {
    List<Schema> versions = versions(own);

    assertThat(versions).isNotEmpty().allSatisfy(version -> assertThat(compatibility(OwnSchemas.of(own), version)).isEqualTo(SchemaCompatibilityType.COMPATIBLE));
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeKeptAsAVersionWhenItIsChanged(OwnSchema own) throws IOException {
    List<Schema> versions = versions(own);

    assertThat(versions.getLast()).as("keep the changed schema as src/test/resources/avro/%s-%d.avsc, and the versions before it as they are", own.label(), versions.size() + 1).isEqualTo(OwnSchemas.of(own));
  }

  /** That the test above finds what it looks for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "RESULT | {\"name\": \"partition\", \"type\": \"int\" | {\"name\": \"source_partition\", \"type\": \"int\"",
        "RESULT | {\"name\": \"offset\", \"type\": \"long\" | {\"name\": \"offset\", \"type\": \"int\"",
        "RESULT | {\"name\": \"elapsed\" | {\"name\": \"more\", \"type\": \"int\", \"doc\": \"no default\"}, {\"name\": \"elapsed\"",
        "RESULT | \"name\": \"pipeline_metadata\" | \"name\": \"pipeline_origin\"",
        "REJECT | [\"null\", \"long\"], \"default\": null | \"long\"",
        "REJECT | {\"name\": \"step\" | {\"name\": \"stage\"",
        "REJECT | \"wrong_type\", | ``",
        "PIPELINE | \"name\": \"Ranking\" | \"name\": \"Order\"",
        "PIPELINE | {\"name\": \"cast\", \"type\": [\"null\", \"string\"] | {\"name\": \"cast\", \"type\": [\"null\", \"int\"]",
      })
  void shouldNotReadEarlierVersionsAfterAChangeThatBreaksThem(OwnSchema own, String written, String changed) throws IOException {
    String text = file(own);
    assertThat(text).contains(written);
    // without its default symbol an enum must have all that were written
    Schema broken = new Schema.Parser().parse(text.replace(written, changed).replace(",\n        \"default\": \"other\"", ""));

    assertThat(compatibility(broken, versions(own).getFirst())).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayWhatEveryTypeAndFieldIs(OwnSchema own) {
    List<String> undocumented = new ArrayList<>();
    for (Schema type : types(OwnSchemas.of(own), new ArrayList<>())) {
      if (type.getDoc() == null || type.getDoc().isBlank()) {
        undocumented.add(type.getFullName());
      }
      if (type.getType() == Schema.Type.RECORD) {
        type.getFields().stream().filter(field -> field.doc() == null || field.doc().isBlank()).forEach(field -> undocumented.add(type.getName() + "." + field.name()));
      }
    }

    assertThat(undocumented).isEmpty();
  }

  @Test
  void shouldHaveEveryReasonCode() {
    List<String> codes = Arrays.stream(RejectReason.values()).map(RejectReason::code).toList();

    Schema reason = OwnSchemas.of(OwnSchema.REJECT).getField("reason").schema();
    assertThat(reason.getEnumSymbols()).containsExactlyElementsOf(Stream.concat(Stream.of("other"), codes.stream()).toList());
    assertThat(reason.getEnumDefault()).isEqualTo("other");
  }

  @ParameterizedTest
  @EnumSource
  void shouldPrintASchemaThatStandsAlone(OwnSchema own) throws SchemaParseException {
    assertThat(new Schema.Parser().parse(own.json(true))).isEqualTo(OwnSchemas.of(own)).isEqualTo(new Schema.Parser().parse(own.json(false)));
    assertThat(own.json(true)).contains("\n  \"name\"");
    assertThat(own.json(false)).doesNotContain("\n");
  }

  /** All named types of a schema, each once. */
  static List<Schema> types(Schema schema, List<Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (!found.contains(schema)) {
          found.add(schema);
          schema.getFields().forEach(field -> types(field.schema(), found));
        }
      }
      case ENUM, FIXED -> found.add(schema);
      case ARRAY -> types(schema.getElementType(), found);
      case MAP -> types(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(branch -> types(branch, found));
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, STRING -> {}
    }
    return found;
  }

  private static List<Schema> versions(OwnSchema own) throws IOException {
    List<Schema> versions = new ArrayList<>();
    for (Path file = frozen(own, 1); Files.exists(file); file = frozen(own, versions.size() + 1)) {
      versions.add(new Schema.Parser().parse(Files.readString(file)));
    }
    return versions;
  }

  private static Path frozen(OwnSchema own, int version) {
    return Path.of("src/test/resources/avro", own.label() + "-" + version + ".avsc");
  }

  private static String file(OwnSchema own) throws IOException {
    try (InputStream in = OwnSchema.class.getResourceAsStream(own.label() + ".avsc")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static SchemaCompatibilityType compatibility(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType();
  }
}
