package io.yapok.perf.internal.latency;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the latency of contestants at one rate, or at 30, 60 and 90 % of what this machine keeps up with. That is found first, with Yapok and a generator that
 * sends as fast as it can: generator, broker, contestant and reader share the machine in the run that is measured, so they must there too.
 */
public final class LatencyRunner {
  private static final List<Integer> SHARES = List.of(30, 60, 90);
  /** Of the records that drain in some seconds, the part that is sent ahead. */
  private static final int AHEAD_SHARE = 4;

  private static final int SATURATING = 600_000;
  private static final int SECONDS = 30;
  private static final int WARM_UP_TIMES = 3;
  private static final int MOST_RECORDS = 3_000_000;

  private final MeasureSettings settings;
  private final List<Contestant> contestants;

  /** For these contestants, in this order. */
  public LatencyRunner(MeasureSettings settings, List<Contestant> contestants) {
    this.settings = settings;
    this.contestants = List.copyOf(contestants);
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    List<LoadFigures> figures = new ArrayList<>();
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      LoadRunner runner = new LoadRunner(settings, arena);
      for (long rate : rates(runner)) {
        for (Contestant contestant : contestants) {
          Load load = load(settings, contestant, rate, contestant.label() + "-" + rate);
          figures.add(runner.run(load, settings.jvmOptions(), Load.Observer.NONE));
          settings.progress().accept("%s at %,d records/s: p99 %.2f ms".formatted(contestant.label(), rate, Histograms.millis(figures.getLast().latency(), 99)));
        }
      }
    }
    return new LatencyReport(settings, figures).outcome();
  }

  /** A run at a rate that lasts half a minute, or as long as 3 million records take; before it, three times as many to warm up unless told otherwise. */
  public static Load load(MeasureSettings settings, Contestant contestant, long rate, String name) {
    return load(settings, contestant, sentAhead(settings), rate, name);
  }

  /** The same, with another number of records sent ahead. */
  public static Load load(MeasureSettings settings, Contestant contestant, int sentAhead, long rate, String name) {
    int measured = settings.records().orElse((int) Math.min(MOST_RECORDS, rate * SECONDS));
    int warmUp = settings.warmUp().map(time -> Math.toIntExact(rate * time.toSeconds())).orElse(measured * WARM_UP_TIMES);
    return new Load(name, contestant, sentAhead, rate, warmUp, measured);
  }

  private static int sentAhead(MeasureSettings settings) {
    int most = settings.workload().records() / AHEAD_SHARE;
    return Math.max(Arena.PARTITIONS, Math.min(most, settings.records().orElse(most)));
  }

  private List<Long> rates(LoadRunner runner) throws IOException, InterruptedException {
    if (settings.rate().isPresent()) {
      return List.of(settings.rate().getAsLong());
    }
    double saturation = saturation(settings, runner);
    return SHARES.stream().map(share -> Math.max(1, Math.round(saturation * share / 100))).toList();
  }

  /** Records a second that Yapok answers while a generator sends as fast as it can. */
  public static double saturation(MeasureSettings settings, LoadRunner runner) throws IOException, InterruptedException {
    int records = settings.records().orElse(Math.min(SATURATING, settings.workload().records()));
    Load flatOut = new Load("saturation", Contestant.YAPOK, sentAhead(settings), 0, records / 2, records);
    double perSecond = runner.run(flatOut, settings.jvmOptions(), Load.Observer.NONE).recordsPerSecond();
    settings.progress().accept("saturated at %,.0f records/s".formatted(perSecond));
    return perSecond;
  }
}
