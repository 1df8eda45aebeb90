package io.yapok.perf.internal.workload;

import io.yapok.app.internal.demo.DemoPipeline;
import io.yapok.app.internal.demo.PaymentStream;
import io.yapok.perf.internal.contestant.Contestant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo's payments, model and document, with what is remembered of each card; malformed payments are left out. Nobody else keeps state. */
final class PaymentsWorkload implements Workload {
  private static final long SEED = 2026;
  private static final long START_MILLIS = 1_760_000_000_000L;

  @Override
  public String name() {
    return "payments";
  }

  @Override
  public String description() {
    return "the demo's payments as JSON, nine features of which two are state, a small network, one rule";
  }

  @Override
  public int records() {
    return 600_000;
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
    return List.of(Contestant.STREAMS_PASSTHROUGH, Contestant.YAPOK);
  }

  @Override
  public RecordPool pool() {
    return new Payments();
  }

  @Override
  public Answers answers() {
    return Answers.ofJsonWithId("payment");
  }

  @Override
  public String modelFile() {
    return DemoPipeline.MODEL;
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    Files.delete(DemoPipeline.copyTo(directory));
  }

  @Override
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    try {
      return DemoPipeline.text()
          .replace("source: {topic: payments,", "source: {topic: " + source + ",")
          .replace("sink: {topic: payments-scored,", "sink: {topic: " + sink + ",")
          .replaceFirst("rejects: .*", "rejects: fail")
          .replaceFirst("kafka: .*", "include: [payment]\nkafka: {commit.interval.ms: " + commitIntervalMillis + "}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Well-formed payments, numbered as they come. */
  private static final class Payments implements RecordPool {
    private final PaymentStream payments = new PaymentStream(SEED, START_MILLIS);
    private long at = -1;

    private void moveTo(long id) {
      while (at < id) {
        do {
          payments.next();
        } while (payments.isMalformed());
        at++;
      }
      if (at != id) {
        throw new IllegalArgumentException("payments are made in the order of their ids; " + id + " was before " + at);
      }
    }

    @Override
    public boolean isKeyed() {
      return true;
    }

    @Override
    public byte[] key(long id) {
      moveTo(id);
      return payments.key();
    }

    @Override
    public byte[] value(long id) {
      moveTo(id);
      byte[] value = payments.value();
      int comma = 0;
      while (value[comma] != ',') {
        comma++;
      }
      byte[] head = ("{\"payment\":" + id).getBytes(StandardCharsets.US_ASCII); // numbered without those left out
      byte[] renumbered = new byte[head.length + value.length - comma];
      System.arraycopy(head, 0, renumbered, 0, head.length);
      System.arraycopy(value, comma, renumbered, head.length, value.length - comma);
      return renumbered;
    }

    @Override
    public long timestamp(long id) {
      moveTo(id);
      return payments.timestamp();
    }
  }
}
