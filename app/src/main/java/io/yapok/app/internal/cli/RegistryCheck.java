package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument.Source;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.RegistryException;
import io.yapok.schemas.SchemaRegistry;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas.Written;
import io.yapok.topology.Yapok;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what a pipeline reads with the schemas that a registry has for its source topic's values. */
final class RegistryCheck {
  private final CompiledSteps steps;
  private final Source source;
  private final String url;

  RegistryCheck(CompiledSteps steps, String url) {
    this.steps = steps;
    this.source = steps.document().source();
    this.url = url;
  }

  /**
   * Compares with the schemas that subjects have now.
   *
   * @param subjects none for the topic's own, where the strategy says which that is
   * @throws ProblemsException with every field that cannot be read
   */
  void compare(List<String> subjects) {
    try (SchemaRegistry registry = Yapok.registry(steps.document(), Map.of(SchemaRegistry.URL, url)).orElseThrow(this::notAvro)) {
      List<Problem> problems = new ArrayList<>();
      for (String subject : subjects.isEmpty() ? List.of(own(registry)) : subjects) {
        problems.addAll(problems(subject, registry));
      }
      if (!problems.isEmpty()) {
        throw new ProblemsException(problems);
      }
    } catch (RegistryException e) {
      throw new EnvironmentException(e.problem(), e);
    }
  }

  private String own(SchemaRegistry registry) {
    return registry.subjectNames().subject(source.topic().value()).orElseThrow(() -> new ProblemsException(source.topic().problem("the topic does not say which subjects its records have with " + registry.subjectNames().label(), "give --subject NAME")));
  }

  private List<Problem> problems(String subject, SchemaRegistry registry) {
    Written written = registry.latest(subject).orElseThrow(() -> new ProblemsException(source.topic().problem("the registry has no schema for \"" + subject + "\"", "register one; 'yapok schema' prints what the pipeline reads")));
    try {
      return RecordSchemas.avroMismatches(steps.source(), written).stream()
          .map(mismatch -> new Problem("records of \"" + source.topic() + "\" would be rejected: " + mismatch.message(), source.where().entry(mismatch.path()), "change the pipeline, or what producers write"))
          .toList();
    } catch (UnknownSchemaException e) {
      throw new ProblemsException(source.topic().problem("the schema of \"" + subject + "\" cannot be read (" + e.getMessage() + ")", "look at it in the registry"));
    }
  }

  private ProblemsException notAvro() {
    return new ProblemsException(source.topic().problem("its records are not Avro", "write format: avro, or leave --registry out"));
  }
}
