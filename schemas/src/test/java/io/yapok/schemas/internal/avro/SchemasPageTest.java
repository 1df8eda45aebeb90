package io.yapok.schemas.internal.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.OwnSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/schemas.md says of every field what the schema's file says. */
class SchemasPageTest {
  @ParameterizedTest
  @EnumSource
  void shouldDescribeEveryFieldAsTheFileDoes(OwnSchema own) throws IOException {
    String page = Files.readString(Path.of("../docs/schemas.md"));
    String section = page.substring(page.indexOf("## " + own.label() + ".avsc\n"));
    List<String> rows = section.lines().skip(1).takeWhile(line -> !line.startsWith("## ")).filter(line -> line.startsWith("| `")).toList();

    List<String> expected = new ArrayList<>();
    List<Schema> above = own == OwnSchema.RELEASE ? OwnSchemasTest.types(OwnSchemas.of(OwnSchema.PIPELINE), new ArrayList<>()) : List.of();
    rows("", OwnSchemas.of(own), new ArrayList<>(above), expected);
    assertThat(rows).as("write it so:\n%s\n", String.join("\n", expected)).containsExactlyElementsOf(expected);
  }

  /** A row for each field, with the path on which it is reached first. */
  private static void rows(String path, Schema schema, List<Schema> seen, List<String> rows) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.contains(schema)) {
          return;
        }
        seen.add(schema);
        for (Schema.Field field : schema.getFields()) {
          rows.add("| `" + path + field.name() + "` | " + type(field.schema()) + " | " + field.doc() + " |");
          rows(path + field.name() + ".", field.schema(), seen, rows);
        }
      }
      case ARRAY -> rows(path.replaceAll("\\.$", "[]."), schema.getElementType(), seen, rows);
      case MAP -> rows(path, schema.getValueType(), seen, rows);
      case UNION -> schema.getTypes().forEach(branch -> rows(path, branch, seen, rows));
      case ENUM, FIXED, NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, STRING -> {}
    }
  }

  private static String type(Schema schema) {
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> schema.getName();
      case ARRAY -> "array of " + (schema.getElementType().isUnion() ? "(" + type(schema.getElementType()) + ")" : type(schema.getElementType()));
      case MAP -> "map of " + type(schema.getValueType());
      case UNION -> schema.getTypes().stream().map(SchemasPageTest::type).collect(Collectors.joining(" or "));
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES, STRING -> schema.getLogicalType() == null ? schema.getType().getName() : schema.getLogicalType().getName();
    };
  }
}
