package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalBytesTest {
  private static String canonical(String yaml) {
    return new String(PipelineDocument.parse(yaml, "any.yaml").canonicalBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void shouldBeTheseBytesWhenTheDocumentIsTheExample() {
    assertThat(canonical(Documents.DIGITS))
        .isEqualTo(
            """
            apiVersion="yapok/v1"
            name="digits"
            source.topic="digits"
            source.format="json"
            source.tombstone="reject"
            steps[0].name="mnist"
            steps[0].model="mnist.onnx"
            steps[0].inputs["Input3"][0].field="pixels"
            steps[0].inputs["Input3"][0].scale=1.0
            steps[0].inputs["Input3"][0].offset=0.0
            steps[0].outputs["Plus214_Output_0"]="scores"
            steps[0].deterministic=false
            steps[0].nonfinite="reject"
            steps[1].name="transform"
            steps[1].transform["digit"]="argmax(scores)"
            steps[2].name="validate"
            steps[2].validate["unsure"]="max(scores) < 5.0"
            sink.topic="digits-scored"
            sink.format="json"
            rejects.topic="digits-rejected"
            delivery="exactly_once_v2"
            batch.records=1000
            batch.bytes=4194304
            batch.nanos=100000000
            """);
  }

  @Test
  void shouldNotChangeWhenOnlyTheFormDoes() {
    String otherForm =
        """
        # Said in another way.
        kafka: {producer.linger.ms: 5}
        rejects:
          topic: "digits-rejected"
        sink: {format: json, topic: digits-scored}
        batch: {bytes: 4096KiB, time: 0.1s}
        delivery: exactly_once_v2
        steps:
        - outputs: {Plus214_Output_0: 'scores'}
          inputs: {Input3: [{field: pixels, scale: 1, offset: 0.0}]}
          deterministic: False
          model: mnist.onnx
          name: mnist
        - transform:
            digit: >-
              argmax(scores)
        - {validate: {unsure: "max(scores) < 5.0"}}
        source: {topic: digits, tombstone: reject}
        name: digits
        apiVersion: yapok/v1
        """;

    assertThat(canonical(otherForm)).isEqualTo(canonical(Documents.DIGITS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: ranking | name: other",
        "topic: requests | topic: other",
        "key: customer.id | key: customer",
        "rows: items | rows: other",
        "tombstone: pass | tombstone: reject",
        "amount: float32 | amount: float64",
        "shape: [2, \"?\"] | shape: [2, 3]",
        "default: -1.5 | default: -1.6",
        "default: none | default: other",
        "seen: count | other: count",
        "default: 3.5 | default: 3.6",
        "aggregate: sum | aggregate: mean",
        "of: amount, over: 24h | of: age, over: 24h",
        "over: 24h | over: 48h",
        "buckets: 48 | buckets: 24",
        "over: 1d, window: tumbling | over: 1d",
        "window: tumbling, at: after | window: tumbling, at: before",
        "gap: 30min | gap: 31min",
        "q: 0.9 | q: 0.8",
        "half_life: 90s | half_life: 91s",
        "n: 3 | n: 2",
        "[amount, age] | [age, amount]",
        "last: 16 | last: 17",
        "last: 16, at: before | last: 16, at: after",
        "default: 0.5} | default: 0.25}",
        "by: order | by: id",
        "within: 2h | within: 3h",
        "keep: 10} | keep: 11}",
        "late: newest_window | late: drop",
        "ttl: 30d | ttl: 31d",
        "memory: 32MiB | memory: 33MiB",
        "standbys: 2 | standbys: 0",
        "model: fraud/3 | model: fraud/4",
        "- amount | - other",
        "scale: 0.5 | scale: 0.25",
        "offset: -1 | offset: -2",
        "default: 0 | default: 1",
        "[CH, DE, 7] | [DE, CH, 7]",
        "[CH, DE, 7] | [CH, DE, '7']",
        "one_hot: true | one_hot: 3",
        "one_hot: 10 | one_hot: 11",
        "vocabulary: words.txt | vocabulary: other.txt",
        "cast: int64 | cast: int32",
        "probabilities: score | probabilities: other",
        "rows: 3 | rows: 4",
        "deterministic: true | deterministic: false",
        "nonfinite: allow | nonfinite: reject",
        "h_in: h_out | h_in: other",
        "c_in: c_out | d_in: c_out",
        "state: {h_in: h_out, c_in: c_out} | name: fraud",
        "score * 2.0 | score * 2.5",
        "by: score | by: id",
        "keep: 10 | keep: 11",
        "[id, score] | [score, id]",
        "descending: false | descending: true",
        "name: best | name: other",
        "topic: ranked | topic: other",
        "rejects: fail | rejects: {topic: bad}",
        "delivery: at_least_once | delivery: exactly_once_v2",
        "records: 64 | records: 65",
        "bytes: 512KiB | bytes: 512KB",
        "time: 5ms | time: 6ms",
        "include: [id, items] | include: [id]",
        "exclude: [secret] | exclude: [other]",
      })
  void shouldChangeWhenTheMeaningDoes(String written, String changed) {
    assertThat(Documents.EVERYTHING).contains(written);

    assertThat(canonical(Documents.EVERYTHING.replace(written, changed))).isNotEqualTo(canonical(Documents.EVERYTHING));
  }

  @Test
  void shouldNotHoldKafkaSettingsSinceTheyMayBeSecret() {
    assertThat(canonical(Documents.DIGITS + "kafka: {ssl.key.password: hunter2}\n")).isEqualTo(canonical(Documents.DIGITS));
  }
}
