package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records with keys on their way through a runner, and what became of each: its result in hexadecimal, or its reject's reason. */
final class KeyedRuns implements PipelineRunner.Answers {
  final List<String> answers = new ArrayList<>();

  /** A record; its offset is its place in the list that it is run from. */
  record Sent(@Nullable String key, byte @Nullable [] value, long timestamp) {}

  /** Runs records {@code from} to {@code to} of a list together. */
  void run(PipelineRunner runner, Memory memory, List<Sent> sent, int from, int to) {
    runner.run(new Slice(sent.subList(from, to), from), memory, this);
  }

  @Override
  public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
    answers.add(value == null ? "tombstone" : HexFormat.of().formatHex(value));
  }

  @Override
  public void reject(Batch batch, int record, Reject reject) {
    answers.add(reject.reason().code());
  }

  /** Numbers as a record of format {@code tensor}. */
  static byte[] tensor(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * numbers.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private record Slice(List<Sent> sent, long first) implements PipelineRunner.Records {
    @Override
    public int size() {
      return sent.size();
    }

    @Override
    public byte @Nullable [] key(int index) {
      String key = sent.get(index).key();
      return key == null ? null : key.getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] value(int index) {
      return sent.get(index).value();
    }

    @Override
    public long timestamp(int index) {
      return sent.get(index).timestamp();
    }

    @Override
    public int partition(int index) {
      return 0;
    }

    @Override
    public long offset(int index) {
      return first + index;
    }

    @Override
    public Object origin(int index) {
      return this;
    }
  }
}
