package io.yapok.perf.internal.workload;

import io.yapok.onnxwriter.SampleModels;
import java.util.List;
import java.util.Optional;

/** All workloads by name. */
public final class Workloads {
  private static final List<Workload> ALL =
      List.of(new Workload("lr64", "64 numbers a record as JSON, logistic regression", SampleModels.lr64(), "x", 64, "score", 1_000_000));

  private Workloads() {}

  /** The workload of this name. */
  public static Optional<Workload> named(String name) {
    return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(Workload::name).toList();
  }
}
