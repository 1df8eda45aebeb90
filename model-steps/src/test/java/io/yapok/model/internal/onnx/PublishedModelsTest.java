package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.ModelFile;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Each published model in the folder that {@code -Dyapok.data=FOLDER} names answers or is refused with its reason; prints which. */
@EnabledIfSystemProperty(named = "yapok.data", matches = ".+")
class PublishedModelsTest {
  private static final Set<String> MAY_BE_REFUSED =
      Set.of("external data", "other files", "rank 0", "cannot feed", "no input");

  @Test
  void shouldAnswerOrSayWhyNotWhenGivenEachPublishedModel() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(Path.of(System.getProperty("yapok.data")))) {
      files = tree.filter(file -> file.toString().endsWith(".onnx") || file.getFileName().toString().startsWith("test_")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      int rows = file.toString().contains("iris") ? 3 : 0;
      ModelFile model = new ModelFile(new ModelVersion(file.getFileName().toString(), 1, ""), Files.readAllBytes(file), Where.of(file.toString()));
      try (OnnxModel loaded = OnnxModel.load(model, new ModelOptions(rows, false, false))) {
        System.out.println(file.getFileName() + " | answers | " + loaded.inputs() + " -> " + loaded.outputs() + " | " + loaded.batching());
      } catch (ProblemsException refused) {
        System.out.println(file.getFileName() + " | refused | " + refused.getMessage());
        assertThat(MAY_BE_REFUSED).anyMatch(refused.getMessage()::contains);
      }
    }
  }
}
