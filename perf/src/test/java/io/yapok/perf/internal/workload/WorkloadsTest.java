package io.yapok.perf.internal.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.PipelineDocument;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WorkloadsTest {
  static Stream<String> names() {
    return Workloads.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeAPipelineDocumentFromSourceToSink(String name) {
    PipelineDocument document = PipelineDocument.parse(Workloads.named(name).orElseThrow().pipeline("from", "to", 25), name + ".yaml");

    assertThat(document.source().topic().value()).isEqualTo("from");
    assertThat(document.sink().topic().value()).isEqualTo("to");
    assertThat(document.rejects()).isInstanceOf(PipelineDocument.Rejects.Fail.class);
    assertThat(document.kafka().values().get("commit.interval.ms").value()).isEqualTo("25");
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldHaveATopicForEachTableOfItsDocument(String name) {
    Workload workload = Workloads.named(name).orElseThrow();
    PipelineDocument document = PipelineDocument.parse(workload.pipeline("from", "to", 25), name + ".yaml");

    assertThat(workload.tables().stream().map(TableTopic::topic)).containsExactlyElementsOf(document.tables().stream().map(table -> table.topic().value()).toList());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldMakeTheSameRecordsWhenAskedTwice(String name) {
    RecordPool one = Workloads.named(name).orElseThrow().pool();
    RecordPool other = Workloads.named(name).orElseThrow().pool();
    for (long id = 0; id < 20; id++) {
      assertThat(one.key(id)).isEqualTo(other.key(id));
      assertThat(one.value(id)).isEqualTo(other.value(id));
    }
  }

  @Test
  void shouldHaveRecordsOfTheSizeThatTheWorkloadSays() {
    assertThat(Workloads.named("lr64").orElseThrow().pool().value(7)).hasSize(256);
    assertThat(Workloads.named("ranking-tensor").orElseThrow().pool().value(7)).hasSize(674 * 32 * 4);
    assertThat(new String(Workloads.named("crayfish").orElseThrow().pool().value(7), UTF_8)).startsWith("{\"id\":7,\"x\":[").endsWith("]}").contains(",");
  }

  @Test
  void shouldNumberPaymentsWithoutThoseLeftOut() {
    RecordPool payments = Workloads.named("payments").orElseThrow().pool();
    Answers answers = Workloads.named("payments").orElseThrow().answers();
    for (long id = 0; id < 5000; id++) {
      assertThat(answers.id(payments.key(id), payments.value(id))).isEqualTo(id);
    }
  }

  @Test
  void shouldTellAnswersApartWhateverStandsAroundThem() {
    Answers json = Answers.ofJson();
    int one = json.digest("{\"time\":1,\"out\":{\"a\":{\"b\":[1]}},\"metadata\":{}}".getBytes(UTF_8));

    assertThat(json.digest("{\"time\":2,\"out\":{\"a\":{\"b\":[1]}},\"metadata\":{\"x\":3}}".getBytes(UTF_8))).isEqualTo(one);
    assertThat(json.digest("{\"time\":1,\"out\":{\"a\":{\"b\":[2]}},\"metadata\":{}}".getBytes(UTF_8))).isNotEqualTo(one);
    assertThat(Answers.ofTensors().digest(new byte[] {1, 2})).isNotEqualTo(Answers.ofTensors().digest(new byte[] {2, 1}));
  }
}
