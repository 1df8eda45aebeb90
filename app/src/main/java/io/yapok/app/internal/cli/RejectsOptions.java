package io.yapok.app.internal.cli;

import io.yapok.app.internal.WholeFile;
import io.yapok.app.internal.rejects.Rejects;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Which pipeline's rejects. Only the document is read: neither models nor instances are needed. */
final class RejectsOptions {
  @Mixin private PipelineFile file = new PipelineFile();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private ApplicationOptions application = new ApplicationOptions();

  PipelineDocument document() {
    return PipelineDocument.read(file.path());
  }

  /** Begins a file, which is not the document. */
  WholeFile begin(String output) {
    return WholeFile.begin(output, file.path());
  }

  /**
   * The rejects of this document's pipeline; the caller closes them.
   *
   * @throws ProblemsException if it has none that anyone could look at
   */
  Rejects open(PipelineDocument document) throws InterruptedException {
    String topic =
        switch (document.rejects()) {
          case PipelineDocument.Rejects.ToTopic(var named) -> named.value();
          case PipelineDocument.Rejects.Fail _ ->
              throw new ProblemsException(
                  new Problem("the pipeline says rejects: fail, so it keeps no rejects", Where.of(file.path().toString()), "name a dead-letter topic: rejects: {topic: NAME}"));
        };
    ClusterCheck.requireBroker(cluster);
    return Rejects.open(Map.copyOf(cluster.client()), topic, application.id(document));
  }
}
