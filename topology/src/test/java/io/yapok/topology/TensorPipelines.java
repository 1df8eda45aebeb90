package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.topology.internal.SourceRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Pipelines over raw tensors with a real model: a logistic regression, {@code x} FLOAT[N,64] to {@code score} FLOAT[N,1]. */
final class TensorPipelines {
  static final int FEATURES = 64;

  static final String LR64 =
      """
      name: lr64
      source: {topic: lr64, format: tensor}
      steps:
        - model: lr64.onnx
        - validate: {high: "score[0] > 0.5"}
      sink: {topic: lr64-out, format: tensor}
      rejects: {topic: lr64-bad}
      """;

  static final String RANKING =
      """
      name: lr64
      source: {topic: lr64, format: tensor, rows: x}
      steps:
        - model: lr64.onnx
        - rank: {by: score, keep: 10, fields: [score]}
      sink: {topic: lr64-out, format: tensor}
      rejects: {topic: lr64-bad}
      """;

  private TensorPipelines() {}

  static Pipeline load(Path directory, String yaml) {
    try {
      SampleModels.lr64().writeTo(directory.resolve("lr64.onnx"));
      return Pipeline.load(Files.writeString(directory.resolve("lr64.yaml"), yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(float... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(elements);
    return bytes.array();
  }

  /** Rows of features; every number gives others. */
  static float[] features(int rows, long number) {
    float[] features = new float[rows * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) Math.sin(number * 31.0 + i);
    }
    return features;
  }

  private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
    return new ConsumerRecord<>("lr64", 0, 0, 5, TimestampType.CREATE_TIME, -1, -1, null, value, new RecordHeaders(), Optional.empty());
  }

  /** The answer to one record that is run alone. */
  static float score(PipelineRunner runner, float[] x) {
    float[] score = new float[1];
    PipelineRunner.Answers answers =
        new PipelineRunner.Answers() {
          @Override
          public void result(Batch batch, int record, byte[] value, List<ResultHeader> headers) {
            score[0] = little(value).getFloat();
          }

          @Override
          public void reject(Batch batch, int record, Reject reject) {
            throw new AssertionError(reject.toString());
          }
        };
    runner.run(SourceRecords.of(List.of(record(bytes(x)))), Memory.NONE, answers);
    return score[0];
  }

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Map<String, String> headers(Headers headers) {
    Map<String, String> texts = new HashMap<>();
    headers.forEach(header -> {
      if (texts.put(header.key(), new String(header.value(), UTF_8)) != null) {
        throw new AssertionError("two headers are named " + header.key());
      }
    });
    return texts;
  }
}
