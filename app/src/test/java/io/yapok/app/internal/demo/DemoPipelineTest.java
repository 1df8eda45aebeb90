package io.yapok.app.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.ModelStep;
import io.yapok.schemas.PipelineStep.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPipelineTest {
  @TempDir private Path directory;
  private ModelStep step;

  @BeforeEach
  void read() throws IOException {
    PipelineDocument document = PipelineDocument.read(DemoPipeline.copyTo(directory));
    step = (ModelStep) document.steps().getFirst();
  }

  @Test
  void shouldNumberWordsAsTrainingDid() {
    assertThat(words("category")).isEqualTo(wordsOf(Category.values(), Category::word));
    assertThat(words("channel")).isEqualTo(wordsOf(Channel.values(), Channel::word));
    assertThat(words("country")).isEqualTo(wordsOf(Country.values(), Country::word));
    assertThat(words("home")).isEqualTo(words("country"));
  }

  @Test
  void shouldFeedTheModelWhatIsRemembered() {
    assertThat(FraudModel.INPUTS.subList(6, FraudModel.INPUTS.size())).allSatisfy(input -> assertThat(field(input).field().value()).isEqualTo("state." + input));
  }

  @Test
  void shouldReplaceWhatIsThereWhenCopiedTwice() throws IOException {
    Path document = DemoPipeline.copyTo(directory);
    assertThat(document).isEqualTo(directory.resolve("payments.yaml")).isNotEmptyFile();
  }

  private InputField field(String input) {
    return step.inputs().stream()
        .filter(candidate -> candidate.name().value().equals(input))
        .findFirst()
        .orElseThrow()
        .fields()
        .getFirst();
  }

  private List<Object> words(String input) {
    return ((Vocabulary.Listed) field(input).vocabulary()).words();
  }

  private static <T> List<Object> wordsOf(T[] constants, Function<T, String> word) {
    return Arrays.stream(constants).<Object>map(word).toList();
  }
}
