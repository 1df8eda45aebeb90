package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.OwnedKafkaKeys;
import io.yapok.schemas.PipelineDocument.KafkaSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what is passed to Kafka's clients: {@code kafka}. */
final class KafkaReader {
  private final Words words;
  private final Lists lists;

  KafkaReader(Words words, Lists lists) {
    this.words = words;
    this.lists = lists;
  }

  KafkaSettings settings(@Nullable Yaml value) {
    Map<String, Located<String>> settings = new LinkedHashMap<>();
    for (Yaml.Entry entry : lists.entries(value, "kafka", "{producer.linger.ms: 0}")) {
      if (entry.value() instanceof Yaml.Mapping || entry.value() instanceof Yaml.Sequence) {
        String example = entry.value() instanceof Yaml.Mapping ? entry.key() + ".NAME: value" : entry.key() + ": first,second";
        words.problem("the setting \"" + entry.key() + "\" is " + entry.value().kind(), entry.value().where(), "write it on one line: " + example);
        continue;
      }
      Located<String> setting = words.raw(entry.value(), "the setting \"" + entry.key() + "\"");
      if (setting != null) {
        OwnedKafkaKeys.find(entry.key(), setting.value())
            .ifPresentOrElse(
                owned -> words.problem(owned.what(), entry.where(), owned.whatToDo()),
                () -> settings.put(entry.key(), setting));
      }
    }
    return new KafkaSettings(settings);
  }
}
