package io.yapok.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Documents;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pipeline documents: what is wrong is said in lines, what is right has a canonical form that stays the same. */
final class DocumentTarget implements FuzzTarget {
  @Override
  public String name() {
    return "document";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(Documents.DIGITS, Documents.EVERYTHING, "a: &a [1, *a]\n<<: {b: !!int 0x1F}\n? [c]\n: |\n  d\n", "{\"name\": \"x\", \"steps\": []}", "---\n...\n---\n", "# \ufeff\n").stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public List<String> words() {
    return List.of(
        "source:", "sink:", "steps:", "- model:", "- transform:", "- validate:", "- rank:", "topic:", "format:", "tensor", "avro", "oip", "rows:", "fields:", "shape:", "default:", "vocabulary:", "kafka:", "batch:", "state:", "include:", "exclude:", "rejects:", "\n  ", "\n    - ", "${env:", "{by: score, keep: 10, fields: [id]}", "&a", "*a", "!!str", "0x", "1e400", ".nan");
  }

  @Override
  public List<String> libraries() {
    return List.of("org.snakeyaml.**");
  }

  /** SnakeYAML copies what it has of a token with every kilobyte more: a comment of a megabyte, the most that is read, takes less than a second, but two gigabytes of garbage. */
  @Override
  public int largest() {
    return 1 << 18;
  }

  @Override
  public void read(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      byte[] form = Bounds.within(() -> PipelineDocument.parse(text, "fuzzed.yaml").canonicalBytes());
      assertThat(PipelineDocument.parse(text, "fuzzed.yaml").canonicalBytes()).isEqualTo(form);
    } catch (ProblemsException e) {
      for (Problem problem : e.problems()) {
        assertThat(problem.toString().lines()).as("lines of a problem").hasSize(1);
      }
    }
  }
}
