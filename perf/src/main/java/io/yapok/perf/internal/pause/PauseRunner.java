package io.yapok.perf.internal.pause;

import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.latency.LatencyRunner;
import io.yapok.perf.internal.latency.Load;
import io.yapok.perf.internal.latency.LoadFigures;
import io.yapok.perf.internal.latency.LoadRunner;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Puts Yapok under 60 % of what the machine keeps up with, or a given rate, and watches how long its JVM stands still: by the JVM's own safepoint log, and by a
 * thread inside it that sleeps. The same thread runs in a JVM that does nothing else, at the same time, since the machine itself pauses.
 */
public final class PauseRunner {
  private static final int SHARE = 60;
  private static final List<String> CONTROL_JVM = List.of("-Xmx32m", "-XX:+UseSerialGC");

  private final MeasureSettings settings;

  public PauseRunner(MeasureSettings settings) {
    this.settings = settings;
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    Path safepoints = settings.directory().resolve("safepoints.log");
    Path hiccups = settings.directory().resolve("yapok.hiccups");
    Path control = settings.directory().resolve("control.hiccups");
    List<String> options = new ArrayList<>(settings.jvmOptions());
    options.add(Stops.option(safepoints));
    options.add("-javaagent:" + agent() + "=" + hiccups);
    Watch watch = new Watch();
    LoadFigures figures;
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      LoadRunner runner = new LoadRunner(settings, arena);
      long rate = settings.rate().isPresent() ? settings.rate().getAsLong() : Math.round(LatencyRunner.saturation(settings, runner) * SHARE / 100);
      try (ChildJvm sleeper = ChildJvm.start(CONTROL_JVM, HiccupMeter.command(control), settings.directory().resolve("control.log"))) {
        figures = runner.run(LatencyRunner.load(settings, Contestant.YAPOK, rate, "yapok-paused"), options, watch);
        settings.progress().accept("the control, process " + sleeper.pid() + ", has slept beside it");
      }
    }
    Stops.Window window = new Stops.Window(watch.from, watch.to);
    return new PauseReport(
            settings, figures, Stops.ofSafepoints(safepoints, window), Stops.ofHiccups(hiccups, window), Stops.ofHiccups(control, window), (watch.to - watch.from) / 1e9)
        .outcome();
  }

  /** A jar with the meter as an agent: Yapok's own class path has nothing of the benchmark. */
  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", HiccupMeter.class.getName());
    Path jar = settings.directory().resolve("hiccup-meter.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      String meter = HiccupMeter.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(meter));
      try (InputStream in = Objects.requireNonNull(HiccupMeter.class.getResourceAsStream("/" + meter))) {
        in.transferTo(out);
      }
      out.closeEntry();
    }
    return jar;
  }

  /** Notes the measured time; used by one thread. */
  private static final class Watch implements Load.Observer {
    private long from;
    private long to;

    @Override
    public void measuring(ChildJvm child) {
      from = System.nanoTime();
    }

    @Override
    public void measured(ChildJvm child) {
      to = System.nanoTime();
    }
  }
}
