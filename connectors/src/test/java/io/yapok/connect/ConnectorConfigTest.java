package io.yapok.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.ProblemsException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ConnectorConfigTest {
  private static final String PIPELINE =
      """
      name: fraud
      source: {topic: payments, format: json%s}
      %s
      steps: [{transform: {twice: input.amount * 2.0}}]
      sink: {topic: scored, format: json}
      rejects: fail
      """;
  private static final PipelineDocument PLAIN = document("", "");
  private static final String STATE = "state: {features: {seen: count}}";

  @Test
  void shouldReadIntoTheSourceTopicWhenAFileFeedsAPipeline() {
    ConnectorConfig source = ConnectorConfig.fileSource(PLAIN, Path.of("/data/in.ndjson"));

    assertThat(source.name()).isEqualTo("fraud-file-source");
    assertThat(fields(source.json()))
        .containsEntry("name", "fraud-file-source")
        .containsEntry("topic", "payments")
        .containsEntry("file", "/data/in.ndjson")
        .containsEntry("connector.class", "org.apache.kafka.connect.file.FileStreamSourceConnector");
  }

  @Test
  void shouldReadOnlyWhatIsCommittedWhenResultsGoToAFile() {
    ConnectorConfig sink = ConnectorConfig.fileSink(PLAIN, Path.of("/data/out.ndjson"));

    assertThat(fields(sink.json()))
        .containsEntry("name", "fraud-file-sink")
        .containsEntry("topics", "scored")
        .containsEntry("consumer.override.isolation.level", "read_committed");
  }

  @Test
  void shouldStayJsonWhenAFileNameHasQuotesOrPlaceholdersInIt() {
    String name = "/data/\"a\\b\" $1 @TOPIC@\n.ndjson";
    assertThat(fields(ConnectorConfig.fileSource(PLAIN, Path.of(name)).json())).containsEntry("file", name).containsEntry("topic", "payments");
  }

  @Test
  void shouldListEveryProblemWhenAPipelineCannotBeFedByAFile() {
    assertThatThrownBy(() -> ConnectorConfig.fileSource(document("", STATE), Path.of("in.ndjson")))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            failure ->
                assertThat(failure.problems())
                    .extracting(problem -> problem.what())
                    .containsExactly("a worker looks for files from its own directory", "lines of a file have no key, by which this pipeline remembers"));
  }

  @Test
  void shouldFeedAPipelineWithStateWhenAFieldIsItsKey() {
    assertThat(ConnectorConfig.fileSource(document(", key: card", STATE), Path.of("/in")).json()).contains("payments");
  }

  @Test
  void shouldRefuseARelativeFileWhenResultsGoToIt() {
    assertThatThrownBy(() -> ConnectorConfig.fileSink(PLAIN, Path.of("out.ndjson")))
        .hasMessage("a worker looks for files from its own directory, out.ndjson, write the whole path, beginning with /");
  }

  private static PipelineDocument document(String source, String state) {
    return PipelineDocument.parse(PIPELINE.formatted(source, state), "fraud.yaml");
  }

  /** All strings of the JSON by the name beside them. */
  private static Map<String, String> fields(String json) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), new StringReader(json))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          fields.put(parser.currentName(), parser.getString());
        }
      }
    }
    return fields;
  }
}
