package io.yapok.model;

import io.yapok.onnxwriter.OnnxModel;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.Formats;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A document, its models and vocabularies in a directory: what the tests of compiling have in common. */
final class TestPipeline {
  private final Path directory;
  private String source = "source: {topic: in}";
  private String sink = "sink: {topic: out}";

  TestPipeline(Path directory) {
    this.directory = directory;
  }

  TestPipeline with(String file, OnnxModel model) {
    return with(file, model.toBytes());
  }

  TestPipeline with(String file, String text) {
    return with(file, text.getBytes(StandardCharsets.UTF_8));
  }

  TestPipeline with(String file, byte[] bytes) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Other lines for the source than a topic. */
  TestPipeline source(String yaml) {
    source = yaml;
    return this;
  }

  /** Other lines for the sink than a topic. */
  TestPipeline sink(String yaml) {
    sink = yaml;
    return this;
  }

  PipelineDocument document(String steps) {
    String yaml = "name: p\n" + source + "\nsteps:\n" + steps.stripTrailing() + "\n" + sink + "\nrejects: {topic: rejected}\n";
    return PipelineDocument.parse(yaml, directory.resolve("p.yaml").toString());
  }

  CompiledSteps compile(String steps) {
    return Steps.compile(document(steps));
  }

  /** What is wrong with a document of these steps, a line each, without the file's name. */
  List<String> problems(String steps) {
    try (CompiledSteps compiled = compile(steps)) {
      throw new AssertionError("it compiles to version " + compiled.version());
    } catch (ProblemsException e) {
      return e.problems().stream().map(Problem::toString).map(line -> line.replace(directory + "/", "")).toList();
    }
  }

  /** What {@code out} and {@code anomaly} of each record's result are, or the reject's reason, step and field; records go in batches of a size. */
  List<String> run(String steps, int batchSize, String... records) {
    List<String> answers = new ArrayList<>();
    try (CompiledSteps compiled = compile(steps)) {
      Batch batch = new Batch(compiled.layout(), 1 << 24);
      RecordDecoder decoder = Formats.decoder("json", compiled.source());
      ResultEncoder encoder = Formats.encoder("json", compiled.result());
      List<BoundStep> bound = compiled.steps().stream().map(step -> step.bind(batch)).toList();
      for (int start = 0; start < records.length; start += batchSize) {
        batch.clear();
        for (int i = start; i < Math.min(records.length, start + batchSize); i++) {
          batch.addRecord(null, records[i].replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0, 0, i, null);
          if (!decoder.decode(batch)) {
            throw new AssertionError("the batch is full");
          }
        }
        recall(compiled, batch);
        bound.forEach(BoundStep::run);
        for (int record = 0; record < batch.records(); record++) {
          answers.add(answer(batch, record, encoder));
        }
      }
      bound.forEach(BoundStep::close);
    }
    return answers;
  }

  List<String> run(String steps, String... records) {
    return run(steps, 100, records);
  }

  /** Every key has been seen seven times. */
  private static void recall(CompiledSteps compiled, Batch batch) {
    compiled.state().features().forEach(state -> {
      Column column = batch.column(state.slot());
      for (int row = 0; row < batch.rows(); row++) {
        switch (state.feature().aggregate()) {
          case COUNT -> column.longs().put(row, 7);
          case SECONDS_SINCE_LAST -> column.doubles().put(row, 0.5);
          default -> throw new IllegalArgumentException("not made here: " + state);
        }
      }
    });
  }

  private static String answer(Batch batch, int record, ResultEncoder encoder) {
    Reject reject = batch.rejection(record);
    if (reject != null) {
      return reject.reason() + " " + reject.step() + " " + reject.field();
    }
    String result = new String(encoder.encode(batch, record, 0), StandardCharsets.UTF_8);
    return result.substring(result.indexOf("\"out\":") + 6, result.indexOf(",\"metadata\"")).replace('"', '\'').replace(",'anomaly':{'count':0}", "");
  }
}
