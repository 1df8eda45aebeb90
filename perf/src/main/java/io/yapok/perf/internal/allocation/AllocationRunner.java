package io.yapok.perf.internal.allocation;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.Contestant;
import io.yapok.perf.internal.ladder.Rung;
import io.yapok.perf.internal.ladder.RungLoop;
import io.yapok.perf.internal.measure.Arena;
import io.yapok.perf.internal.measure.ChildJvm;
import io.yapok.perf.internal.measure.Drain;
import io.yapok.perf.internal.measure.MeasureSettings;
import io.yapok.perf.internal.measure.Outcome;
import io.yapok.perf.internal.measure.SourceTopic;
import io.yapok.topology.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a record costs the garbage collector: of Yapok's own part without Kafka, to the byte, and of whole processes that drain a topic, Yapok's and a control's
 * that has Kafka's clients alone and sends arrays as long as the results.
 */
public final class AllocationRunner {
  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final MeasureSettings settings;

  public AllocationRunner(MeasureSettings settings) {
    this.settings = settings;
  }

  /** Measures, and says what came out. */
  public Outcome run() throws IOException, InterruptedException {
    int records = settings.records().orElse(settings.workload().records());
    OfflineAllocation.Counted offline = offline();
    settings.progress().accept("without Kafka: %.3f bytes a record".formatted(offline.perRecord()));
    try (Arena arena = Arena.open(settings.directory().resolve("kafka.log"), settings.workload())) {
      String source = settings.workload().name();
      arena.createTopic(source);
      SourceTopic.fill(arena.bootstrapServers(), source, settings.workload().pool(), records);
      double control = drain(arena, "control", records);
      double yapok = drain(arena, "yapok", records);
      return new Outcome(text(records, offline, yapok, control), json(records, offline, yapok, control), true);
    }
  }

  private OfflineAllocation.Counted offline() throws IOException {
    Path own = Files.createDirectory(settings.directory().resolve("offline"));
    settings.assign("none", "source", "sink", own);
    try (Pipeline pipeline = Pipeline.load(own.resolve(Assignment.PIPELINE))) {
      return OfflineAllocation.measure(settings.workload(), pipeline);
    }
  }

  /** Bytes a record from about when half of the records were committed until all were. */
  private double drain(Arena arena, String name, int records) throws IOException, InterruptedException {
    Path own = Files.createDirectory(settings.directory().resolve(name));
    Assignment assignment = settings.assign(arena.bootstrapServers(), settings.workload().name(), name, own);
    arena.createTopic(name);
    List<String> command = name.equals("yapok") ? Contestant.YAPOK.command(assignment) : RungLoop.command(Rung.CLIENT, assignment);
    try (ChildJvm child = ChildJvm.start(settings.allJvmOptions(), command, own.resolve("contestant.log"))) {
      await(arena, child, name, records / Drain.WARM_UP_SHARE);
      try (AllocatedBytes allocated = AllocatedBytes.of(child.pid())) { // not before: the signal to attach ends a JVM that has only begun
        long committed = arena.committed(name);
        long bytes = allocated.now();
        await(arena, child, name, records);
        if (committed >= records) {
          throw child.failure("it was done before it could be asked; give more --records");
        }
        return (double) (allocated.now() - bytes) / (records - committed);
      }
    } finally {
      arena.deleteTopic(name);
    }
  }

  private static void await(Arena arena, ChildJvm child, String group, long target) throws InterruptedException {
    long begin = System.nanoTime();
    while (arena.committed(group) < target) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw child.failure("a contestant did not come to " + target + " records in " + PATIENCE.toMinutes() + " minutes");
      }
      child.awaitWhileAlive(GLANCE);
    }
  }

  private String text(int records, OfflineAllocation.Counted offline, double yapok, double control) {
    return String.join(
        "\n",
        "%s: bytes allocated a record, %,d records".formatted(settings.workload().name(), records),
        "without Kafka, less a control that makes only Kafka's record and an array as long as the result (%.0f):".formatted(offline.control()),
        "%-44s%12.3f".formatted("  a record more in a run of the model", offline.perRecord()),
        "%-44s%12.3f".formatted("  a batch of one run, however small", offline.perRun()),
        "%-44s%12.3f".formatted("  all of it a record, batches of " + OfflineAllocation.RECORDS, offline.full()),
        "whole processes draining a topic, after half of it:",
        "%-44s%12.1f".formatted("  yapok", yapok),
        "%-44s%12.1f".formatted("  control: the clients, without a model", control),
        "%-44s%12.1f".formatted("  yapok less the control", yapok - control));
  }

  private Map<String, Object> json(int records, OfflineAllocation.Counted offline, double yapok, double control) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workload", settings.workload().name());
    json.put("measure", "allocation");
    json.put("records", records);
    json.put("own_bytes_per_record", offline.perRecord());
    json.put("own_bytes_per_run", offline.perRun());
    json.put("own_bytes_per_record_with_runs", offline.full());
    json.put("yapok_bytes_per_record", yapok);
    json.put("control_bytes_per_record", control);
    return json;
  }
}
