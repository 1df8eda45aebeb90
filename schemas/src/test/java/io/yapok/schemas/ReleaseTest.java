package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release says what its document says, whoever reads it. */
class ReleaseTest {
  private static final Release.Model MODEL = new Release.Model(new ModelVersion("fraud", 3, "9c"), 1L << 33, "models/fraud/3/model.onnx");

  @TempDir private Path directory;

  @Test
  void shouldHoldWhatAnyDocumentSays() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    RandomDocuments documents = new RandomDocuments(new Random(seed));
    for (int round = 0; round < 500; round++) {
      PipelineDocument document = PipelineDocument.of(documents.next(), "random.yaml");

      PipelineDocument read = roundTrip(document).document();

      assertThat(canonical(read)).isEqualTo(canonical(document));
      assertThat(read.tree()).isEqualTo(document.tree());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Documents.DIGITS, Documents.EVERYTHING})
  void shouldHoldWhatADocumentInYamlSays(String yaml) throws IOException {
    PipelineDocument document = PipelineDocument.parse(yaml, "any.yaml");

    Release read = roundTrip(document);

    assertThat(canonical(read.document())).isEqualTo(canonical(document));
    assertThat(read).usingRecursiveComparison().ignoringFields("document").isEqualTo(new Release("0f3a", document, List.of(MODEL), Instant.ofEpochMilli(1767715100481L), "\u00fcser"));
  }

  @Test
  void shouldHoldNoSettingsOfKafkaSinceTheyMayBeSecret() throws IOException {
    PipelineDocument document = PipelineDocument.parse(Documents.DIGITS + "kafka: {ssl.key.password: hunter2}\n", "any.yaml");

    assertThat(roundTrip(document).document().kafka().values()).isEmpty();
    assertThat(new String(Files.readAllBytes(directory.resolve("release.avro")), StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
  }

  @Test
  void shouldBeReadByAvroAsItWasWritten() throws IOException {
    roundTrip(PipelineDocument.parse(Documents.EVERYTHING, "any.yaml"));

    try (var reader = new DataFileReader<>(directory.resolve("release.avro").toFile(), new GenericDatumReader<GenericRecord>())) {
      GenericRecord release = reader.next();
      assertThat(reader.hasNext()).isFalse();
      assertThat(release.get("models")).hasToString("[{\"name\": \"fraud\", \"version\": 3, \"sha256\": \"9c\", \"size\": 8589934592, \"path\": \"models/fraud/3/model.onnx\"}]");
      assertThat(release.get("pipeline").toString())
          .contains("{\"input\": \"class\", \"fields\": [{\"field\": \"class\", \"scale\": null, \"offset\": null, \"default\": null, \"vocabulary\": null, \"one_hot\": 10, \"cast\": null}]}")
          .contains("{\"transform\": [{\"name\": \"twice\", \"expression\": \"score * 2.0\"}], \"name\": \"transform\"}")
          .contains("\"rejects\": \"fail\"");
    }
  }

  @Test
  void shouldSayWhyAFileIsNoRelease() throws IOException {
    Path file = directory.resolve("release.avro");
    assertThatThrownBy(() -> Release.read(file)).isInstanceOf(ProblemsException.class).hasMessageContaining("there is no such file").hasMessageContaining("release.avro");
    Files.writeString(file, Documents.DIGITS);
    assertThatThrownBy(() -> Release.read(file)).isInstanceOf(ProblemsException.class).hasMessageContaining("the release cannot be read");
    new RejectFile(Files.newOutputStream(file)).close(); // of another schema, and empty
    assertThatThrownBy(() -> Release.read(file)).isInstanceOf(ProblemsException.class);
  }

  /** Whoever made the bytes: a release, or a problem. */
  @Test
  void shouldBeAReleaseOrAProblemWhateverTheBytes() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    roundTrip(PipelineDocument.parse(Documents.EVERYTHING, "any.yaml"));
    Path file = directory.resolve("release.avro");
    byte[] whole = Files.readAllBytes(file);
    int body = bodyStart(whole);
    for (int round = 0; round < 500; round++) {
      byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int i = random.nextInt(1, 4); i > 0 && bytes.length == whole.length; i--) {
        bytes[random.nextInt(body, whole.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try {
        assertThat(Release.read(file).document().steps()).isNotEmpty();
      } catch (ProblemsException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  /** Where the record begins: behind the marker that ends the header and the file, and two numbers. What stands before it is Avro's own. */
  private static int bodyStart(byte[] file) {
    byte[] marker = Arrays.copyOfRange(file, file.length - 16, file.length);
    int at = 0;
    while (!Arrays.equals(marker, Arrays.copyOfRange(file, at, at + 16))) {
      at++;
    }
    return at + 20;
  }

  private Release roundTrip(PipelineDocument document) throws IOException {
    Path file = directory.resolve("release.avro");
    new Release("0f3a", document, List.of(MODEL), Instant.ofEpochMilli(1767715100481L), "\u00fcser").write(Files.newOutputStream(file));
    return Release.read(file);
  }

  private static String canonical(PipelineDocument document) {
    return new String(document.canonicalBytes(), StandardCharsets.UTF_8);
  }
}
