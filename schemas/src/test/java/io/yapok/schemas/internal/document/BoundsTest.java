package io.yapok.schemas.internal.document;

import static io.yapok.schemas.internal.document.MistakesTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.Documents;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Vocabulary;
import io.yapok.schemas.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no document may do to the reader. */
class BoundsTest {
  @TempDir private Path directory;

  @Test
  void shouldReadAnAliasWhenItStandsForAValueAboveIt() {
    PipelineDocument document = PipelineDocument.parse(Documents.DIGITS.replace("Input3: pixels", "Input3: &f pixels\n      Other: *f"), "digits.yaml");

    assertThat(((ModelStep) document.steps().getFirst()).inputs()).extracting(input -> input.fields().getFirst().field().value()).containsExactly("pixels", "pixels");
  }

  @Test
  void shouldRefuseADocumentWhenAliasesGrowIt() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [%s*a%d]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(7), i - 1));
    }

    assertThat(problems(bomb.toString())).singleElement().asString().contains("more than 1000000 parts when its aliases are written out");
  }

  @Test
  void shouldRefuseADocumentWhenItHasTooManyAliases() {
    assertThat(problems("a: &a x\nb: [" + "*a, ".repeat(200) + "]\n")).singleElement().asString().contains("more than 100 aliases");
  }

  @Test
  void shouldRefuseADocumentWhenAnAliasStandsInItself() {
    assertThat(problems("name: &a [*a]\n")).extracting(problem -> problem.what()).contains("the alias *a stands for nothing above it");
  }

  @Test
  void shouldRefuseADocumentWhenItIsNestedDeeply() {
    assertThat(problems("a: " + "[".repeat(100_000))).singleElement().asString().contains("nested more than 50 deep");
    assertThat(problems("- ".repeat(100_000))).singleElement().asString().contains("nested more than 50 deep");
  }

  /** Compared with each other one by one, entries of a document of a megabyte would take minutes. */
  @Test
  @Timeout(20)
  void shouldReadListsOfManyEntries() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      fields.append(i == 0 ? "" : ", ").append("f").append(i);
    }

    PipelineDocument document = PipelineDocument.parse(Documents.DIGITS + "include: [" + fields + "]\n", "digits.yaml");
    assertThat(document.include()).hasSize(60_000);
    assertThat(problems(Documents.DIGITS + "include: [" + fields + "]\nexclude: [f59999, f59998, g, g]\n")).hasSize(3);
  }

  @Test
  void shouldReadANumberAsTextWhenItHasAMillionDigits() {
    String digits = "9".repeat(1_000_000);

    assertThat(problems(Documents.DIGITS.replace("name: digits", "name: " + digits))).extracting(problem -> problem.where().path()).containsExactly("name");
  }

  @Test
  void shouldKeepMessagesShortWhenWordsAreLong() {
    String word = "x".repeat(100_000);

    assertThat(problems(word + ": {" + word + ": 1}\nname: " + word)).allSatisfy(problem -> assertThat(problem.toString()).hasSizeLessThan(1_500));
  }

  @Test
  void shouldRefuseADocumentWhenItIsLargerThanAMebibyte() throws IOException {
    Path file = directory.resolve("large.yaml");
    Files.writeString(file, Documents.DIGITS + "#".repeat(1 << 20));

    assertThatThrownBy(() -> PipelineDocument.read(file)).isInstanceOf(ProblemsException.class).hasMessageContaining("larger than 1 MiB");
    assertThat(problems("#".repeat((1 << 20) + 1))).singleElement().asString().contains("larger than 1 MiB");
  }

  @Test
  void shouldReadADocumentWhenAVocabularyFillsIt() throws IOException {
    StringBuilder words = new StringBuilder("a0");
    for (int i = 1; i < 100_000; i++) {
      words.append(",a").append(i);
    }
    Path file = directory.resolve("words.yaml");
    Files.writeString(file, Documents.DIGITS.replace("Input3: pixels", "Input3: {field: word, vocabulary: [" + words + "]}"));

    ModelStep step = (ModelStep) PipelineDocument.read(file).steps().getFirst();

    assertThat(step.inputs().getFirst().fields().getFirst().vocabulary())
        .isInstanceOfSatisfying(Vocabulary.Listed.class, listed -> assertThat(listed.words()).hasSize(100_000));
  }

  @Test
  void shouldSayWhereWhenTheFileIsNotUtf8() throws IOException {
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "name: digits\nsource: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> PipelineDocument.read(file)).hasMessage("the document is not UTF-8 text, " + file + ":2:12, save it as UTF-8");
  }

  @Test
  void shouldReadADocumentWhenItBeginsWithAByteOrderMarkAndHasCarriageReturns() throws IOException {
    Path file = directory.resolve("windows.yaml");
    Files.writeString(file, "\ufeff" + Documents.DIGITS.replace("\n", "\r\n"));

    assertThat(PipelineDocument.read(file).canonicalBytes()).isEqualTo(PipelineDocument.parse(Documents.DIGITS, "digits.yaml").canonicalBytes());
  }

  @Test
  void shouldSayWhereWhenACharacterIsNotAllowed() {
    assertThat(problems("name: digits\nsource: {topic: \u00e9\u0007}"))
        .singleElement()
        .asString()
        .isEqualTo("this is not YAML: it has the character U+0007, digits.yaml:2:18, remove it, or write \\u and its number in double quotes");
  }

  @Test
  void shouldSayWhatIsWrongWhenThereIsNoFile() {
    Path file = directory.resolve("none.yaml");

    assertThatThrownBy(() -> PipelineDocument.read(file)).hasMessage("there is no such file, " + file + ", check the path");
    assertThatThrownBy(() -> PipelineDocument.read(directory)).hasMessageContaining("this is a directory");
  }

  @Test
  void shouldLookForModelsBesideTheDocumentWhenItIsReadFromAFile() throws IOException {
    Path file = directory.resolve("digits.yaml");
    Files.writeString(file, Documents.DIGITS);

    assertThat(PipelineDocument.read(file).directory()).isEqualTo(directory.toAbsolutePath());
  }

  @Test
  void shouldRefuseAnEmptyDocumentWhenItHasOnlyComments() {
    for (String empty : new String[] {"", "# nothing\n", "\n\n", "--- \n", "\ufeff"}) {
      assertThat(problems(empty)).as(empty).hasSize(1);
    }
  }

  @Test
  void shouldOnlyThrowProblemsWhenADocumentIsMangled() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String signs = "[]{}:,-#&*!|>'\"%@`?<=~ \n\t\\\u0000\u00e9\ud83d\ude00.0";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder document = new StringBuilder(random.nextBoolean() ? Documents.DIGITS : Documents.EVERYTHING);
      for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
        mangle(document, random, signs);
      }
      assertReadsOrReports(document.toString(), seed);
    }
  }

  private static void mangle(StringBuilder document, Random random, String signs) {
    int at = random.nextInt(document.length());
    switch (random.nextInt(3)) {
      case 0 -> document.deleteCharAt(at);
      case 1 -> document.insert(at, signs.charAt(random.nextInt(signs.length())));
      default -> document.replace(at, Math.min(document.length(), at + random.nextInt(30)), "");
    }
    if (document.isEmpty()) {
      document.append(' ');
    }
  }

  private static void assertReadsOrReports(String document, long seed) {
    try {
      assertThat(PipelineDocument.parse(document, "mangled.yaml").canonicalBytes()).isNotEmpty();
    } catch (ProblemsException e) {
      assertThat(e.problems()).as("seed %d", seed).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString()).contains("mangled.yaml").doesNotContain("\n"));
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed + " on\n" + document, e);
    }
  }
}
