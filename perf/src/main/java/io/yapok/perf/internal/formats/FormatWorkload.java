package io.yapok.perf.internal.formats;

import io.yapok.onnxwriter.SampleModels;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.workload.Answers;
import io.yapok.perf.internal.workload.RecordPool;
import io.yapok.perf.internal.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The race's records in one format, a logistic regression over them and raw answers: what differs between two formats is the source alone.
 *
 * @param label of the contestant whose decoder it is
 * @param format in the pipeline document
 * @param kafka settings in the pipeline document, in YAML's flow style
 */
record FormatWorkload(String label, String format, String kafka, byte[][] encoded, int records) implements Workload {
  @Override
  public String name() {
    return "formats-" + label;
  }

  @Override
  public String description() {
    return EncodedRecords.WIDTH + " floats a record as " + label;
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
    return List.of(Contestant.YAPOK);
  }

  @Override
  public RecordPool pool() {
    return new RecordPool() {
      @Override
      public byte[] key(long id) {
        return RecordPool.idKey(id);
      }

      @Override
      public byte[] value(long id) {
        return encoded[(int) (id % encoded.length)];
      }
    };
  }

  @Override
  public Answers answers() {
    return Answers.ofTensors();
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    SampleModels.lr64().writeTo(directory.resolve(modelFile()));
  }

  @Override
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    return """
        name: %s
        source: {topic: %s, format: %s}
        steps:
          - model: %s
            inputs: {x: %s}
        sink: {topic: %s, format: tensor}
        rejects: fail
        kafka: {commit.interval.ms: %d%s}
        """
        .formatted(name(), source, format, modelFile(), EncodedRecords.FIELD, sink, commitIntervalMillis, kafka);
  }
}
