package io.yapok.app.internal.cli;

import io.yapok.app.internal.rejects.RecordPlace;
import io.yapok.app.internal.rejects.RejectFilter;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RejectReason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Some of a pipeline's rejects; all if nothing is said. */
final class RejectChoice {
  @Option(names = "--reason", split = ",", paramLabel = "CODE", description = "Only those rejected for this reason; several, separated by commas.")
  private Set<String> reasons = new LinkedHashSet<>();

  @Option(names = "--step", split = ",", paramLabel = "STEP", description = "Only those that this step rejected; source, state and sink are steps too.")
  private Set<String> steps = new LinkedHashSet<>();

  @Option(names = "--field", split = ",", paramLabel = "FIELD", description = "Only those rejected for this field.")
  private Set<String> fields = new LinkedHashSet<>();

  @Option(names = "--record", split = ",", paramLabel = "PARTITION:OFFSET", description = "Only these records of the dead-letter topic.")
  private Set<String> records = new LinkedHashSet<>();

  RejectFilter filter(PipelineDocument document) {
    Set<String> codes = Arrays.stream(RejectReason.values()).map(RejectReason::code).collect(Collectors.toCollection(LinkedHashSet::new));
    for (String reason : reasons) {
      if (!codes.contains(reason)) {
        throw new UsageException("--reason takes " + String.join(", ", codes) + ", not " + reason);
      }
    }
    Set<RecordPlace> places = records.stream().map(RejectChoice::place).collect(Collectors.toSet());
    return new RejectFilter(document.name().value(), reasons, steps, fields, places);
  }

  static RecordPlace place(String text) {
    return RecordPlace.parse(text).orElseThrow(() -> new UsageException("a record is named PARTITION:OFFSET, such as 0:15, not " + text));
  }
}
