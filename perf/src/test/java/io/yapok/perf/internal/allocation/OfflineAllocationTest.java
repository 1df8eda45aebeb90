package io.yapok.perf.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.perf.internal.measure.PreparedRecords;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import io.yapok.topology.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The garbage collector's share is what keeps pauses short: a record may cost no more than Kafka's own objects and the result's bytes. */
class OfflineAllocationTest {
  private static final double MOST_PER_RECORD = 1;

  /** A model's run makes a few objects in ONNX Runtime's Java part. */
  private static final double MOST_PER_RUN = 2048;

  /** With a model of 64 numbers, run for at most 128 rows at once. */
  private static final double MOST_WITH_RUNS = 8;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"lr64", "crayfish"})
  void shouldAllocateNothingPerRecordWhateverTheFormat(String name) throws Exception {
    Workload workload = Workloads.named(name).orElseThrow();
    workload.writeModel(directory);
    Path file = Files.writeString(directory.resolve("pipeline.yaml"), workload.pipeline("in", "out", 10));
    PreparedRecords records = new PreparedRecords(workload.pool(), OfflineAllocation.RECORDS);
    try (Pipeline pipeline = Pipeline.load(file)) {
      OfflineAllocation.Counted counted = OfflineAllocation.measure(records, pipeline);
      assertThat(counted.perRecord()).as("%s", counted).isLessThanOrEqualTo(MOST_PER_RECORD);
      assertThat(counted.perRun()).as("%s", counted).isLessThanOrEqualTo(MOST_PER_RUN);
      assertThat(counted.full()).as("%s", counted).isLessThanOrEqualTo(MOST_WITH_RUNS);
      assertThat(counted.control()).as("the control makes a record and its value").isGreaterThan(60);
    }
  }
}
