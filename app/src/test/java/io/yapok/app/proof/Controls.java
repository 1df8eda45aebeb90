package io.yapok.app.proof;

import java.util.List;

/** Scenes that must not come out clean: a checker that cannot fail checks nothing. */
final class Controls {
  static final String AT_LEAST_ONCE =
      """
      delivery: at_least_once
      kafka: {commit.interval.ms: 2000}
      """;

  /** What was answered in the first seconds is then certainly not committed. */
  static final String AT_LEAST_ONCE_RARELY_COMMITTED =
      """
      delivery: at_least_once
      kafka: {commit.interval.ms: 10000}
      """;

  /** Several batches a poll, so that some wait while others are committed. */
  static final String SMALL_BATCHES =
      """
      batch: {records: 50}
      kafka: {main.consumer.max.poll.records: 1000}
      """;

  private static final int BACKLOG = 60_000;
  private static final int SEEN = 3_000;

  private Controls() {}

  /** An instance is killed when some of its answers have been seen, and another finishes. */
  static Verdict killAtLeastOnce(Scene scene) throws InterruptedException {
    scene.load().send(BACKLOG / 3);
    var first = scene.start("control0");
    scene.watch().awaitResults(SEEN, Scene.PATIENCE);
    first.kill();
    scene.start("control1");
    return scene.finish();
  }

  /** An instance that breaks the fold's rule is killed while it works through a backlog, and another finishes. */
  static Verdict breakTheFold(Scene scene) throws InterruptedException {
    scene.load().send(BACKLOG);
    var first = broken(scene, "broken0");
    scene.watch().awaitResults(SEEN, Scene.PATIENCE);
    first.kill();
    broken(scene, "broken1");
    return scene.finish();
  }

  private static Instance broken(Scene scene, String name) {
    var arguments = List.of(scene.bootstrapServers(), scene.pipeline().toString(), scene.directory().resolve(name + "-state").toString());
    return scene.add(Instance.start(scene.directory(), name, BrokenInstance.class.getName(), arguments));
  }
}
