package io.yapok.topology.reference;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.Pipeline;
import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Feature.Aggregate;
import io.yapok.topology.reference.Feature.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** So many values of one key that sketches are no longer exact: they stay within their stated errors, also when buckets are put together, and are the same however batches are cut. */
class ManyValuesTest {
  private static final int RECORDS = 40;
  private static final int ROWS = 1000;
  private static final int WORDS = 3000;

  private final Random random = new Random(5);

  @Test
  void shouldStayWithinTheErrorsOfSketchesAndShowTheSameWhenReplayed() {
    var definition = new Definition("many", features(), List.of(), Late.OWN_WINDOW, 0, null, true, false);
    var stream = IntStream.range(0, RECORDS).mapToObj(this::record).toList();
    try (var pipeline = new Pipeline(Steps.compile(PipelineDocument.parse(definition.yaml(), "many.yaml")))) {
      var answers = HeapRun.of(pipeline, stream, random).answers();
      var again = HeapRun.of(pipeline, stream, random).answers();
      var reference = new Reference(definition);
      for (var sent : stream) {
        assertThat(reference.next(sent).mismatch(answers.get(sent.number()))).as("record %d", sent.number()).isEmpty();
        assertThat(HeapRun.lasting(again.get(sent.number()))).as("record %d", sent.number()).isEqualTo(HeapRun.lasting(answers.get(sent.number())));
      }
    }
  }

  private static List<Feature> features() {
    var features = new ArrayList<Feature>();
    for (var window : List.of(Window.NONE, Window.SLIDING, Window.TUMBLING, Window.SESSION)) {
      for (var of : List.of("x", "n", "y", "w")) {
        features.add(feature(features.size(), Aggregate.DISTINCT, of, window, 0.5));
      }
      for (double q : new double[] {0, 0.01, 0.5, 0.99, 1}) {
        features.add(feature(features.size(), Aggregate.QUANTILE, "x", window, q));
      }
      for (var of : List.of("w", "n")) {
        features.add(feature(features.size(), Aggregate.TOP, of, window, 0.5));
      }
    }
    return features;
  }

  private static Feature feature(int number, Aggregate aggregate, String of, Window window, double q) {
    int buckets = window == Window.SLIDING ? 5 : 1;
    long over = window == Window.SLIDING || window == Window.TUMBLING ? 10_000 : 0;
    return new Feature("f" + number, aggregate, of, window, over, buckets, window == Window.SESSION ? 1500 : 0, aggregate == Aggregate.TOP ? 20 : 1, q, 0, true, 0);
  }

  private Sent record(int number) {
    List<Map<String, Object>> rows = Stream.generate(this::row).limit(ROWS).toList();
    var items = rows.stream().map(row -> "{\"x\":%s,\"n\":%s,\"y\":%s,\"w\":\"%s\"}".formatted(row.get("x"), row.get("n"), row.get("y"), row.get("w"))).collect(joining(","));
    return new Sent(number, "key", 1000L * number + (number / 15) * 1000L, "{\"d\":1,\"items\":[" + items + "]}", Sent.Fate.ANSWERED, rows);
  }

  /** Its word is of those that come the more often the smaller their number is, by a power law. */
  private Map<String, Object> row() {
    int word = (int) Math.min(WORDS, Math.pow(1 - random.nextDouble(), -1.2));
    return Map.of("x", Math.exp(3 * random.nextGaussian()) - 1, "n", random.nextLong(20_000), "y", random.nextFloat(), "w", "word" + word);
  }
}
