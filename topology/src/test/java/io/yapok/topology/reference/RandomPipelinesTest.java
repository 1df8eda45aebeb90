package io.yapok.topology.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.Pipeline;
import io.yapok.topology.reference.Definition.Late;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random pipelines, each with a random stream: every state and feature is what the reference says, and the same again when batches are cut otherwise. */
class RandomPipelinesTest {
  /** {@code -Dyapok.state.pipelines=10000} for more; {@code -Dyapok.state.pipelines=1 -Dyapok.state.seed=N} for one of them again. */
  private static final int PIPELINES = Integer.getInteger("yapok.state.pipelines", 200);

  private static final long[] UNITS = {1, 10, 250, 1000, 60_000};
  private static final long TODAY = 1_763_769_600_000L;

  private long records;
  private long values;
  private long rejects;
  private long late;

  /** What follows from a seed. */
  private record Scenario(long seed, Definition definition, List<Sent> stream) {
    static Scenario of(long seed) {
      var random = new Random(seed);
      long unit = UNITS[random.nextInt(UNITS.length)];
      var definition = new RandomDefinitions(random, unit).next("random");
      long start = random.nextBoolean() ? TODAY : random.nextLong(100 * unit);
      return new Scenario(seed, definition, new RandomStream(random, definition, random.nextInt(1, 6), unit, start, true).take(random.nextInt(20, 150)));
    }

    Pipeline pipeline() {
      return new Pipeline(Steps.compile(PipelineDocument.parse(definition.yaml(), "random.yaml")));
    }
  }

  @Test
  void shouldRememberWhatTheReferenceSaysAndTheSameWhenReplayed() {
    long first = Long.getLong("yapok.state.seed", new Random().nextInt(1_000_000_000));
    System.out.println("random pipelines: repeat with -Dyapok.state.seed=" + first + " -Dyapok.state.pipelines=" + PIPELINES);

    for (long seed = first; seed < first + PIPELINES; seed++) {
      var scenario = Scenario.of(seed);
      var mismatch = compare(scenario);
      assertThat(mismatch).as("-Dyapok.state.pipelines=1 -Dyapok.state.seed=%d%n%s", seed, scenario.definition.yaml()).isEmpty();
    }

    System.out.printf(Locale.ROOT, "%d pipelines, %d records, %d of them rejected, %d values, %d that came late: 0 mismatches%n", PIPELINES, records, rejects, values, late);
  }

  @Test
  void shouldFindItWhenTheReferenceSaysSomethingElse() {
    var scenario = Scenario.of(1);
    try (var pipeline = scenario.pipeline()) {
      var answers = HeapRun.of(pipeline, scenario.stream, new Random(1)).answers();
      var wrong = new Reference(scenario.definition.turned());

      var found = scenario.stream.stream().map(sent -> wrong.next(sent).mismatch(answers.get(sent.number()))).flatMap(Optional::stream);

      assertThat(found).as("a reference that cannot disagree checks nothing").isNotEmpty();
    }
  }

  private Optional<String> compare(Scenario scenario) {
    try (var pipeline = scenario.pipeline()) {
      var cuts = new Random(scenario.seed);
      var run = HeapRun.of(pipeline, scenario.stream, cuts);
      var answers = run.answers();
      var again = HeapRun.of(pipeline, scenario.stream, cuts).answers();
      assertThat(answers).hasSameSizeAs(scenario.stream).hasSameSizeAs(again);
      var reference = new Reference(scenario.definition);
      for (var sent : scenario.stream) {
        var expected = reference.next(sent);
        var answer = answers.get(sent.number());
        var mismatch = expected.mismatch(answer);
        if (mismatch.isPresent()) {
          return Optional.of(sent + ": " + mismatch.get());
        }
        if (!HeapRun.lasting(answer).equals(HeapRun.lasting(again.get(sent.number())))) {
          return Optional.of(sent + ": " + HeapRun.lasting(answer) + " and, when run again, " + HeapRun.lasting(again.get(sent.number())));
        }
        records++;
        rejects += answer.reason() == null ? 0 : 1;
        values += expected.shown().size();
      }
      for (var outcome : Late.values()) {
        if (run.late(outcome) != reference.late(outcome)) {
          return Optional.of("late values: " + reference.late(outcome) + " " + outcome + " expected and not " + run.late(outcome));
        }
        late += reference.late(outcome);
      }
      return Optional.empty();
    }
  }
}
