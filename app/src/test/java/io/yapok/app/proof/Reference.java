package io.yapok.app.proof;

/** What the pipeline must make of one key's records, in plain Java: told of each of them in turn, from the first. */
final class Reference {
  private long count;
  private long latest;

  /** What a record must become, with what was remembered before it. */
  record Expected(Numbered record, float sum, float entry, long seen, double gap) {}

  /** The answer to the next record of the key. A truncated one is not remembered; one that fails later on is. */
  Expected next(Numbered record) {
    double gap = count == 0 ? -1 : Math.max(0, (record.timestamp() - latest) / 1000.0);
    float sum = Workload.WEIGHT_A * record.a() + Workload.WEIGHT_B * record.b() + Workload.WEIGHT_C * record.c() + count + Workload.BIAS;
    float entry = record.kind() == Numbered.Kind.MODEL_FAILS ? Float.NaN : Workload.entry(record.place());
    var expected = new Expected(record, sum, entry, count, gap);
    if (record.kind() != Numbered.Kind.TRUNCATED) {
      latest = count == 0 ? record.timestamp() : Math.max(latest, record.timestamp());
      count++;
    }
    return expected;
  }
}
