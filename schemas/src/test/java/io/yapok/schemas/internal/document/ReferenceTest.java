package io.yapok.schemas.internal.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Documents;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.OwnedKafkaKeys;
import io.yapok.schemas.PipelineState.Aggregate;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {
  @Test
  void shouldHaveARowForEveryKeyWhenThereIsOneForTheReader() throws IOException {
    String text = Reference.text();
    List<List<String>> mappings = List.of(Keys.DOCUMENT, Keys.SOURCE, Keys.FIELD, Keys.TABLE, Keys.STATE, Keys.FEATURE, Keys.SEQUENCE, Keys.DEDUPE, Keys.ANY_STEP, Keys.INPUT, Keys.RANKING, Keys.SINK, Keys.BATCH);

    assertThat(mappings.stream().flatMap(List::stream)).allSatisfy(key -> assertThat(text).contains("\n| `" + key + "` |"));
    assertThat(Arrays.stream(Aggregate.values())).allSatisfy(aggregate -> assertThat(text).contains("`" + aggregate.label() + "`"));
  }

  @Test
  void shouldHaveNoRowForAKeyWhenTheReaderDoesNotKnowIt() throws IOException {
    Stream<String> known =
        Stream.of(
                Keys.DOCUMENT, Keys.SOURCE, Keys.FIELD, Keys.TABLE, Keys.STATE, Keys.FEATURE, Keys.SEQUENCE, Keys.DEDUPE, Keys.ANY_STEP, Keys.INPUT, Keys.RANKING, Keys.SINK, Keys.BATCH,
                List.of("fail"))
            .flatMap(List::stream);
    Stream<String> rows = Reference.text().lines().filter(line -> line.matches("\\| `[a-zA-Z_]+` \\|.*")).map(line -> line.split("`", -1)[1]);

    assertThat(known.toList()).containsAll(rows.toList());
  }

  @Test
  void shouldNameEveryTypeAndRefusedSettingWhenTheReaderHasThem() throws IOException {
    String text = Reference.text();

    assertThat(Arrays.stream(ElementType.values())).allSatisfy(type -> assertThat(text).contains("`" + type.label() + "`"));
    assertThat(OwnedKafkaKeys.names()).allSatisfy(key -> assertThat(text).contains("`" + key + "`"));
  }

  @Test
  void shouldBeginWithTheExampleWhenReadersStartThere() throws IOException {
    String example = Reference.documents().getFirst();

    assertThat(example.replaceAll(" +#.*", "")).isEqualTo(Documents.DIGITS.replaceAll(" +#.*", ""));
  }
}
