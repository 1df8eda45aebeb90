package io.yapok.topology;

import java.util.List;

/** Records of a test as the runner takes them. */
record ListRecords(List<TestRecord> records) implements PipelineRunner.Records {
  record TestRecord(byte[] key, byte[] value, long timestamp, long offset) {}

  @Override
  public int size() {
    return records.size();
  }

  @Override
  public byte[] key(int index) {
    return records.get(index).key();
  }

  @Override
  public byte[] value(int index) {
    return records.get(index).value();
  }

  @Override
  public long timestamp(int index) {
    return records.get(index).timestamp();
  }

  @Override
  public int partition(int index) {
    return 3;
  }

  @Override
  public long offset(int index) {
    return records.get(index).offset();
  }

  @Override
  public Object origin(int index) {
    return records.get(index);
  }
}
