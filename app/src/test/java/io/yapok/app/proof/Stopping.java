package io.yapok.app.proof;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Stops instances in their tracks until the others have taken over, and lets them go on: a zombie that believes it still has its partitions. */
final class Stopping {
  /** What a zombie says whose commit was refused: its partitions have another owner, or its transaction was given up while it was away. */
  private static final Pattern FENCED = Pattern.compile("being fenced|InvalidTxnStateException|InvalidProducerEpochException|ProducerFencedException");

  private final Scene scene;
  private final Bound bound;

  Stopping(Scene scene, Bound bound) {
    this.scene = scene;
    this.bound = bound;
  }

  /** Starts two instances and the load; then stops and resumes one so many times, and sees that it says that it was fenced. */
  void run(long seed, int times, int recordsPerSecond) throws InterruptedException {
    var random = new SplittableRandom(seed);
    var instances = new Instance[] {scene.start("stopped0"), scene.start("stopped1")};
    for (var instance : instances) {
      instance.awaitRunning(Scene.PATIENCE);
    }
    scene.load().start(recordsPerSecond);
    scene.watch().awaitResults(1000, Scene.PATIENCE);
    for (int i = 0; i < times; i++) {
      int after = 100 + random.nextInt(1500);
      Instance zombie = instances[random.nextInt(instances.length)];
      awaitWorking(zombie); // one that has no partitions, since it was stopped just before, has nothing to be fenced from
      scene.watch().awaitMore(after, Scene.PATIENCE);
      stopOne(zombie);
    }
  }

  private void awaitWorking(Instance instance) throws InterruptedException {
    long deadline = System.nanoTime() + Scene.PATIENCE.toNanos();
    while (!scene.awaitWorking().contains(instance)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(instance.name() + " has no partitions within " + Scene.PATIENCE);
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private void stopOne(Instance zombie) throws InterruptedException {
    var recovery = scene.fault();
    long start = System.nanoTime();
    long before = count(zombie);
    zombie.pause();
    double seconds = Watch.await(recovery, Scene.PATIENCE).toMillis() / 1e3;
    // Not a wait for anything to happen: the zombie must be away for longer than its time-outs.
    LockSupport.parkNanos((long) (bound.givenUpSeconds() * 1e9) - (System.nanoTime() - start));
    zombie.resume();
    scene.watch().awaitFlow(Scene.PATIENCE);
    zombie.awaitLog(text -> count(text) > before, FENCED.pattern(), Duration.ofSeconds(60));
    System.out.printf("stopped %s: others took over in %.1f s; it was away for %.1f s and then fenced%n", zombie.name(), seconds, (System.nanoTime() - start) / 1e9);
  }

  private static long count(Instance zombie) {
    return count(zombie.read());
  }

  private static long count(String log) {
    return log.lines().filter(line -> FENCED.matcher(line).find()).count();
  }
}
