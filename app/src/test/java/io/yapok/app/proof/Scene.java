package io.yapok.app.proof;

import io.yapok.embedded.KafkaCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/** What every scenario has: topics, a pipeline, its load, instances by name, a watch on the sink, and at the end the verdict. For one thread. */
final class Scene implements AutoCloseable {
  /** Long enough for any recovery, on a machine that does other things too; what a recovery may take is in the bounds. */
  static final Duration PATIENCE = Duration.ofMinutes(8);

  private final Workload workload;
  private final Path directory;
  private final String bootstrapServers;
  private final Path pipeline;
  private final Load load;
  private final Watch watch;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final List<CompletableFuture<Duration>> recoveries = new ArrayList<>();

  /**
   * Creates the topics; nothing runs yet.
   *
   * @param more lines of the pipeline document
   */
  Scene(Workload workload, Path directory, KafkaCluster cluster, String more) {
    this.workload = workload;
    this.directory = directory;
    this.bootstrapServers = cluster.bootstrapServers();
    workload.createTopics(cluster);
    this.pipeline = workload.write(directory, more);
    this.load = new Load(workload, bootstrapServers);
    this.watch = new Watch(workload, bootstrapServers);
  }

  Load load() {
    return load;
  }

  Watch watch() {
    return watch;
  }

  Path pipeline() {
    return pipeline;
  }

  Path directory() {
    return directory;
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Starts an instance with this name, or starts it again; returns before it runs. */
  Instance start(String name, String... options) {
    return add(Instance.run(directory, name, pipeline, bootstrapServers, options));
  }

  /** Takes care of an instance that was started otherwise. */
  Instance add(Instance instance) {
    instances.put(instance.name(), instance);
    return instance;
  }

  /** The instances that run, in the order of their first start. */
  List<Instance> alive() {
    return instances.values().stream().filter(Instance::isAlive).toList();
  }

  /** The instances that have partitions, once there are some. */
  List<Instance> awaitWorking() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (System.nanoTime() < deadline) {
        var members = admin.describeConsumerGroups(List.of(workload.name())).describedGroups().get(workload.name()).get().members();
        var clients = members.stream().filter(member -> !member.assignment().topicPartitions().isEmpty()).map(MemberDescription::clientId).toList();
        var working = alive().stream().filter(instance -> instance.isOneOf(clients, workload.name())).toList();
        if (!working.isEmpty()) {
          return working;
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    } catch (ExecutionException e) {
      throw new AssertionError("the group's members cannot be read", e);
    }
    throw new AssertionError("no instance has partitions within " + PATIENCE);
  }

  /** A fault happens now, whose recovery is measured. */
  CompletableFuture<Duration> fault() {
    var recovery = watch.recovery();
    recoveries.add(recovery);
    return recovery;
  }

  /** Ends the load, waits until all of it is done, and checks. */
  Verdict finish() throws InterruptedException {
    watch.loadEnds();
    long in = load.stop();
    awaitCommitted();
    return Checker.check(workload, bootstrapServers, in, PATIENCE);
  }

  /** Waits until the application has committed all that the source holds. */
  private void awaitCommitted() throws InterruptedException {
    var ends = Readers.logEnds(bootstrapServers, workload.source());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (true) {
        var committed = admin.listConsumerGroupOffsets(workload.name()).partitionsToOffsetAndMetadata().get();
        if (ends.entrySet().stream().allMatch(end -> committed.get(end.getKey()) != null && committed.get(end.getKey()).offset() >= end.getValue())) {
          return;
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError(workload.name() + " has committed " + committed + " of " + ends + " after " + PATIENCE);
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    } catch (ExecutionException e) {
      throw new AssertionError("the group's offsets cannot be read", e);
    }
  }

  /** What is reported of this scene where kills have a bound. */
  Outcome outcome(Verdict verdict, int faults, Bound bound) {
    return outcome(verdict, faults, bound.seconds(), bound.text());
  }

  /** What is reported of this scene where they have none: what a broker's death costs is the cluster's. */
  Outcome outcome(Verdict verdict, int faults) {
    return outcome(verdict, faults, 0, "none");
  }

  private Outcome outcome(Verdict verdict, int faults, double boundSeconds, String boundOf) {
    var seconds = recoveries.stream().map(recovery -> recovery.join().toMillis() / 1000.0).toList();
    return new Outcome(workload.name(), workload.seed(), verdict, faults, seconds, watch.stalls(), boundSeconds, boundOf);
  }

  @Override
  public void close() throws InterruptedException {
    instances.values().forEach(Instance::close);
    load.close();
    watch.close();
  }
}
