package io.yapok.app.proof;

import io.yapok.embedded.KafkaTrio;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/** Kills brokers under two instances and their load. */
final class BrokerFaults {
  private static final int NODES = 3;

  private final Scene scene;
  private final KafkaTrio kafka;

  BrokerFaults(Scene scene, KafkaTrio kafka) {
    this.scene = scene;
    this.kafka = kafka;
  }

  void start(int recordsPerSecond) throws InterruptedException {
    scene.start("client0");
    scene.start("client1");
    scene.load().start(recordsPerSecond);
    scene.watch().awaitResults(1000, Scene.PATIENCE);
  }

  /** Kills one node at a time, lets results flow without it, starts it again and waits until it has all that it missed. */
  void killOneByOne(long seed, int times) throws InterruptedException {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < times; i++) {
      scene.watch().awaitMore(100 + random.nextInt(1500), Scene.PATIENCE);
      int node = random.nextInt(NODES);
      var recovery = scene.fault();
      kafka.kill(node);
      System.out.printf("killed broker %d: results flow again after %.1f s%n", node, Watch.await(recovery, Scene.PATIENCE).toMillis() / 1e3);
      kafka.restart(node);
      awaitInSync();
    }
  }

  /** Kills all nodes, leaves them away for so long, and starts them. */
  void killAll(Duration away) throws InterruptedException {
    var recovery = scene.fault();
    kafka.killAll();
    // Not a wait for anything to happen: how long they are away is the scenario.
    LockSupport.parkNanos(away.toNanos());
    kafka.startAll();
    System.out.printf("all brokers away for %s: results flow again after %.1f s%n", away, Watch.await(recovery, Scene.PATIENCE).toMillis() / 1e3);
  }

  private void awaitInSync() throws InterruptedException {
    long deadline = System.nanoTime() + Scene.PATIENCE.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      while (!isInSync(admin)) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("the brokers are not in sync again after " + Scene.PATIENCE);
        }
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    }
  }

  private static boolean isInSync(Admin admin) throws InterruptedException {
    try {
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(names).allTopicNames().get().values().stream().flatMap(topic -> topic.partitions().stream()).allMatch(partition -> partition.isr().size() == NODES);
    } catch (ExecutionException e) {
      return false; // a broker that is coming up answers badly; whoever waits asks again
    }
  }
}
