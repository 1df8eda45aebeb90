package io.yapok.app.proof;

import io.yapok.app.proof.KillPlan.Event;

/** Carries out a {@link KillPlan} on a scene whose load runs. */
final class Killing {
  private final Scene scene;
  private int places;

  Killing(Scene scene) {
    this.scene = scene;
  }

  /** Brings the scene to two instances, then does what the plan says. */
  void run(KillPlan plan) throws InterruptedException {
    while (scene.alive().size() < 2) {
      join();
    }
    scene.watch().awaitMore(1000, Scene.PATIENCE);
    scene.watch().awaitFlow(Scene.PATIENCE);
    long start = System.nanoTime();
    for (var event : plan.events()) {
      scene.watch().awaitMore(event.afterResults(), Scene.PATIENCE);
      System.out.printf("%6.1f s %s%n", (System.nanoTime() - start) / 1e9, event);
      switch (event) {
        case Event.Kill kill -> kill(kill);
        case Event.Join _ -> join();
        case Event.Leave leave -> victim(leave.victim(), true).terminate();
      }
    }
    scene.watch().awaitFlow(Scene.PATIENCE);
  }

  private void kill(Event.Kill kill) throws InterruptedException {
    var victim = victim(kill.victim(), kill.inWork());
    var recovery = scene.fault();
    victim.kill();
    switch (kill.restart()) {
      case AT_ONCE -> scene.start(victim.name());
      case ELSEWHERE -> join();
      case AFTER_RECOVERY -> {}
    }
    if (kill.waits()) {
      System.out.printf("         recovered in %.1f s%n", Watch.await(recovery, Scene.PATIENCE).toMillis() / 1e3);
    }
    if (kill.restart() == KillPlan.Restart.AFTER_RECOVERY) {
      scene.start(victim.name());
    }
  }

  private void join() {
    scene.start("instance" + places++);
  }

  /** In work, it has partitions: the death of one that has none disturbs nobody, and its recovery would only better the median. */
  private Instance victim(int number, boolean inWork) throws InterruptedException {
    var candidates = inWork ? scene.awaitWorking() : scene.alive();
    return candidates.get(number % candidates.size());
  }
}
