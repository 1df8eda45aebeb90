package io.yapok.app.internal;

import io.yapok.onnxwriter.SampleModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A pipeline in a directory of its own: a logistic regression over four numbers, what it means, and a rule. */
public final class TestPipeline {
  public static final String YAML =
      """
      name: NAME
      source: {topic: NAME, format: json}
      steps:
        - model: lr.onnx
          inputs: {x: features}
        - transform: {percent: score * 100.0}
        - validate: {high: score > 0.5}
      sink: {topic: NAME-out, format: json}
      rejects: {topic: NAME-bad}
      """;

  private TestPipeline() {}

  /** The pipeline, called and with topics called so. */
  public static Path write(Path directory, String name) {
    return write(directory, name, YAML);
  }

  /** Another document over the same model; NAME in it is replaced. */
  public static Path write(Path directory, String name, String yaml) {
    try {
      SampleModels.logisticRegression(4, 7).writeTo(directory.resolve("lr.onnx"));
      return Files.writeString(directory.resolve(name + ".yaml"), yaml.replace("NAME", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A record that the pipeline answers; every number gives another one. */
  public static String record(int number) {
    double first = (number % 2001 - 1000) / 250.0;
    return "{\"id\":" + number + ",\"features\":[" + first + "," + number % 7 + ",0.5,-1]}";
  }
}
