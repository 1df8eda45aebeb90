package io.yapok.perf.internal.workload;

import static io.yapok.perf.internal.contestant.Contestant.CLIENT_LOOP;
import static io.yapok.perf.internal.contestant.Contestant.FLINK_BATCHED;
import static io.yapok.perf.internal.contestant.Contestant.ORT_ONLY;
import static io.yapok.perf.internal.contestant.Contestant.STREAMS_PASSTHROUGH;
import static io.yapok.perf.internal.contestant.Contestant.STREAMS_PER_RECORD;
import static io.yapok.perf.internal.contestant.Contestant.YAPOK;

import io.yapok.onnxwriter.SampleModels;
import io.yapok.perf.internal.contestant.Contestant;
import java.util.List;
import java.util.Optional;

/** All workloads by name. */
public final class Workloads {
  private static final String TENSOR = "tensor";
  private static final String JSON = "json";
  private static final List<Contestant> ALL_CONTESTANTS = List.of(CLIENT_LOOP, STREAMS_PASSTHROUGH, STREAMS_PER_RECORD, FLINK_BATCHED, ORT_ONLY, YAPOK);

  /** A ranking is what Yapok adds to a model's run; no other contestant has it. */
  private static final List<Contestant> RANKING = List.of(STREAMS_PASSTHROUGH, YAPOK);

  private static final int FEATURES = 32;
  private static final long SEED = 674;

  private static final List<Workload> ALL =
      List.of(
          new VectorWorkload("lr64", "64 floats a record, raw, logistic regression", TENSOR, SampleModels::lr64, "x", 64, "score", 1, 1, 8_000_000, ALL_CONTESTANTS),
          new VectorWorkload("mlp", "64 floats a record, raw, a network 64-256-256-1", TENSOR, SampleModels::mlp64, "x", 64, "score", 1, 1, 5_000_000, ALL_CONTESTANTS),
          new VectorWorkload(
              "crayfish", "784 floats a record as JSON, a network 784-32-10 (EDBT 2024)", JSON, () -> SampleModels.mlp(SEED, 784, 32, 10), "x", 784, "score", 10, 1, 400_000, ALL_CONTESTANTS),
          new PaymentsWorkload(),
          ranking("ranking", JSON, 6_000),
          ranking("ranking-tensor", TENSOR, 40_000),
          new JoinedRankingWorkload(),
          new VectorWorkload(
              "resnet", "an image of 3 x 224 x 224 floats a record, raw, a ResNet-50", TENSOR, SampleModels::resnet50, "x", 3 * 224 * 224, "score", 1000, 1, 150, List.of(CLIENT_LOOP, ORT_ONLY, YAPOK)));

  private Workloads() {}

  private static Workload ranking(String name, String format, int records) {
    String description = "%d candidates of %d floats a record, %s, logistic regression, the best 10 back".formatted(JoinedRankingWorkload.CANDIDATES, FEATURES, format.equals(JSON) ? "as JSON" : "raw");
    return new VectorWorkload(name, description, format, () -> SampleModels.logisticRegression(FEATURES, SEED), "x", FEATURES, "score", 1, JoinedRankingWorkload.CANDIDATES, records, RANKING);
  }

  /** The workload of this name. */
  public static Optional<Workload> named(String name) {
    return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst();
  }

  public static List<String> names() {
    return ALL.stream().map(Workload::name).toList();
  }
}
