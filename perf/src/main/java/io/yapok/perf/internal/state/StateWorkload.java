package io.yapok.perf.internal.state;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.workload.Answers;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A case as something to race: four numbers a record in JSON, the features, a logistic regression over both, raw answers.
 *
 * @param counted records that are counted, or warm up, after those that make the keys known
 * @param memory what all stores of a Yapok may take, as the document says it; empty for its default
 */
record StateWorkload(StateCase place, int counted, String memory) implements Workload {
  @Override
  public String name() {
    return "state-" + place;
  }

  @Override
  public String description() {
    return "%d features, %,d keys, %s".formatted(place.features(), place.keys(), place.hit() ? "all records of known keys" : "each record of a new key");
  }

  @Override
  public int records() {
    return place.keys() + counted;
  }

  /** Records before the clock starts: those that make the keys known, and half of the rest. */
  int warmUp() {
    return place.keys() + counted / 2;
  }

  @Override
  public int rowsPerRecord() {
    return 1;
  }

  @Override
  public String output() {
    return "score";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(Contestant.KAFKA_STREAMS_STORE, Contestant.KAFKA_STREAMS_STORE_CACHED, Contestant.REDIS, Contestant.YAPOK);
  }

  @Override
  public RecordPool pool() {
    return new StatePool(place);
  }

  @Override
  public Answers answers() {
    return new KeyedAnswers(place, records());
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    FeatureSet.model(place.features()).writeTo(directory.resolve(modelFile()));
  }

  @Override
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    return """
        name: %s
        source: {topic: %s, format: json, fields: %s}
        %ssteps:
          - model: %s
            inputs: %s
        sink: {topic: %s, format: tensor}
        rejects: fail
        kafka: {commit.interval.ms: %d}
        """
        .formatted(
            name(), source, FeatureSet.types(), FeatureSet.section(place.features(), memory), modelFile(), FeatureSet.inputs(place.features()), sink, commitIntervalMillis);
  }
}
