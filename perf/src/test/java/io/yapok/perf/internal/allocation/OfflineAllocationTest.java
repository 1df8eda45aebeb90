package io.yapok.perf.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.onnxwriter.SampleModels;
import io.yapok.perf.internal.measure.PreparedRecords;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workload;
import io.yapok.perf.internal.workload.Workloads;
import io.yapok.topology.Pipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The garbage collector's share is what keeps pauses short: a record may cost no more than Kafka's own objects and the result's bytes. */
class OfflineAllocationTest {
  private static final double MOST_PER_RECORD = 1;

  /** A model's run makes a few objects in ONNX Runtime's Java part. */
  private static final double MOST_PER_RUN = 2048;

  /** With a model of 64 numbers, run for at most 128 rows at once. */
  private static final double MOST_WITH_RUNS = 8;

  @TempDir private Path directory;

  @Test
  void shouldAllocateNothingPerRecordWhenRecordsAreJson() throws Exception {
    Workload lr64 = Workloads.named("lr64").orElseThrow();
    check(lr64.pipeline("in", "out", 10), new PreparedRecords(new RecordPool(lr64), OfflineAllocation.RECORDS));
  }

  @Test
  void shouldAllocateNothingPerRecordWhenRecordsAreTensors() throws Exception {
    check(
        """
        name: lr64
        source: {topic: in, format: tensor}
        steps:
          - model: lr64.onnx
        sink: {topic: out, format: tensor}
        rejects: fail
        exclude: ["*"]
        """,
        new PreparedRecords(tensors()));
  }

  private void check(String document, PreparedRecords records) throws Exception {
    SampleModels.lr64().writeTo(directory.resolve("lr64.onnx"));
    Path file = Files.writeString(directory.resolve("pipeline.yaml"), document);
    try (Pipeline pipeline = Pipeline.load(file)) {
      OfflineAllocation.Counted counted = OfflineAllocation.measure(records, pipeline);
      assertThat(counted.perRecord()).as("%s", counted).isLessThanOrEqualTo(MOST_PER_RECORD);
      assertThat(counted.perRun()).as("%s", counted).isLessThanOrEqualTo(MOST_PER_RUN);
      assertThat(counted.full()).as("%s", counted).isLessThanOrEqualTo(MOST_WITH_RUNS);
      assertThat(counted.control()).as("the control makes a record and its value").isGreaterThan(60);
    }
  }

  private static byte[][] tensors() {
    Random random = new Random(64);
    byte[][] values = new byte[OfflineAllocation.RECORDS][];
    for (int i = 0; i < values.length; i++) {
      ByteBuffer value = ByteBuffer.allocate(64 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      while (value.hasRemaining()) {
        value.putFloat(random.nextFloat());
      }
      values[i] = value.array();
    }
    return values;
  }
}
