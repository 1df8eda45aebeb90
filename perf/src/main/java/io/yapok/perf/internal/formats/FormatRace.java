package io.yapok.perf.internal.formats;

import io.yapok.perf.internal.BenchException;
import io.yapok.perf.internal.report.Spread;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Decodes the same records in all formats, by turns, on the calling thread. Before that it compares what comes out, to the bit. */
public final class FormatRace {
  /** As many records as a poll brings. */
  private static final int BATCH = 512;

  private static final long STRETCH_NANOS = 400_000_000;
  private static final int WARM_UP_ROUNDS = 5;

  private final int rounds;
  private final int warmUpRounds;
  private final long stretchNanos;
  private final Consumer<String> progress;
  private final List<Contestant> contestants;

  private record Contestant(String name, RecordsDecoder decoder, byte[][] records) {}

  /**
   * A race.
   *
   * @param rounds in which everyone has a stretch of 0.4 s, after some that do not count
   */
  public FormatRace(int rounds, Consumer<String> progress) {
    this(rounds, WARM_UP_ROUNDS, STRETCH_NANOS, progress);
  }

  FormatRace(int rounds, int warmUpRounds, long stretchNanos, Consumer<String> progress) {
    this.rounds = rounds;
    this.warmUpRounds = warmUpRounds;
    this.stretchNanos = stretchNanos;
    this.progress = progress;
    EncodedRecords records = new EncodedRecords();
    this.contestants =
        List.of(
            new Contestant("json", new ColumnDecoder("json"), records.json()),
            new Contestant("json-streaming", new StreamingDecoder(), records.json()),
            new Contestant("json-tree", new TreeDecoder(), records.json()),
            new Contestant("avro", new ColumnDecoder("avro"), records.avro()),
            new Contestant("avro-generic", new GenericDecoder(), records.avro()),
            new Contestant("oip-json", new ColumnDecoder("oip"), records.request()),
            new Contestant("oip-binary", new ColumnDecoder("oip"), records.binaryRequest()),
            new Contestant("tensor", new ColumnDecoder("tensor"), records.tensor()));
  }

  /**
   * Races.
   *
   * @throws BenchException if two do not decode the same numbers
   */
  public FormatReport run() {
    requireSameNumbers();
    Map<String, List<Stretch>> stretches = new LinkedHashMap<>();
    for (int round = 0; round < warmUpRounds + rounds; round++) {
      for (Contestant contestant : contestants) {
        Stretch stretch = stretch(contestant);
        if (round >= warmUpRounds) {
          stretches.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(stretch);
        }
      }
      progress.accept(round < warmUpRounds ? "warming up, round %d of %d".formatted(round + 1, warmUpRounds) : "round %d of %d".formatted(round + 1 - warmUpRounds, rounds));
    }
    return new FormatReport(rounds, stretches);
  }

  /** What one did in one stretch. */
  record Stretch(double recordsPerSecond, double cpuMicrosPerRecord) {}

  private void requireSameNumbers() {
    int[] first = bits(contestants.getFirst());
    for (Contestant other : contestants) {
      int[] bits = bits(other);
      for (int i = 0; i < bits.length; i++) {
        if (bits[i] != first[i]) {
          throw new BenchException(other.name() + " decodes other numbers than " + contestants.getFirst().name(), "number " + i, "please report it");
        }
      }
    }
  }

  private static int[] bits(Contestant contestant) {
    int[] bits = new int[EncodedRecords.RECORDS * EncodedRecords.WIDTH];
    int at = 0;
    for (int from = 0; from < EncodedRecords.RECORDS; from += BATCH) {
      FloatBuffer rows = contestant.decoder().decode(contestant.records(), from, from + BATCH);
      for (int i = 0; i < BATCH * EncodedRecords.WIDTH; i++) {
        bits[at++] = Float.floatToRawIntBits(rows.get(i));
      }
    }
    return bits;
  }

  private Stretch stretch(Contestant contestant) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long records = 0;
    long nanos = 0;
    while (nanos < stretchNanos) {
      for (int from = 0; from < EncodedRecords.RECORDS; from += BATCH) {
        contestant.decoder().decode(contestant.records(), from, from + BATCH);
      }
      records += EncodedRecords.RECORDS;
      nanos = System.nanoTime() - start;
    }
    return new Stretch(records * 1e9 / nanos, (threads.getCurrentThreadCpuTime() - cpu) / 1e3 / records);
  }

  /** The median and its neighbours of a figure. */
  static Spread spread(List<Stretch> stretches, ToDoubleFunction<Stretch> figure) {
    return Spread.of(stretches.stream().mapToDouble(figure));
  }
}
