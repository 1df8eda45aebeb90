package io.yapok.connect;

import io.yapok.connect.internal.Template;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A connector that feeds a pipeline, or takes what it answers, as one posts it to {@code /connectors} of a Kafka Connect worker of one's own. Topics come from
 * the pipeline's document; the JSON files beside this class show what is in it. Immutable.
 *
 * @param name the connector's name on the worker: the pipeline's name and what it does
 * @param json the request's body
 */
public record ConnectorConfig(String name, String json) {

  /**
   * A connector that reads a file of JSON lines into the pipeline's source topic, and goes on as the file grows. Records have no key.
   *
   * @param file on the worker's machine, absolute
   * @throws ProblemsException with every reason why this pipeline cannot be fed so
   */
  public static ConnectorConfig fileSource(PipelineDocument document, Path file) {
    List<Problem> problems = new ArrayList<>();
    checkFile(file, problems);
    PipelineDocument.Source source = document.source();
    if (source.format() != PipelineDocument.Format.JSON) {
      problems.add(new Problem("lines of text are no " + source.format().label() + " records", source.where(), "use a source of format json"));
    }
    if (document.remembers() && source.key() == null) {
      problems.add(
          new Problem("lines of a file have no key, by which this pipeline remembers", document.state().where(), "name the field that is the key in source.key"));
    }
    refuse(problems);
    return of("file-source", document, file, source.topic().value());
  }

  /**
   * A connector that appends the pipeline's results to a file, a line each, once they are committed.
   *
   * @param file on the worker's machine, absolute
   * @throws ProblemsException with every reason why this pipeline's results cannot be written so
   */
  public static ConnectorConfig fileSink(PipelineDocument document, Path file) {
    List<Problem> problems = new ArrayList<>();
    checkFile(file, problems);
    PipelineDocument.Sink sink = document.sink();
    if (sink.format() != PipelineDocument.Format.JSON) {
      problems.add(new Problem(sink.format().label() + " results are no lines of text", sink.where(), "use a sink of format json"));
    }
    refuse(problems);
    return of("file-sink", document, file, sink.topic().value());
  }

  private static ConnectorConfig of(String kind, PipelineDocument document, Path file, String topic) {
    String pipeline = document.name().value();
    String json = Template.named(kind).fill(Map.of("PIPELINE", pipeline, "FILE", file.toString(), "TOPIC", topic));
    return new ConnectorConfig(pipeline + "-" + kind, json);
  }

  /** A worker runs in a directory of its own, often on another machine: a relative name would be another file there. */
  private static void checkFile(Path file, List<Problem> problems) {
    if (!file.isAbsolute()) {
      problems.add(new Problem("a worker looks for files from its own directory", Where.of(file.toString()), "write the whole path, beginning with /"));
    }
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }
}
