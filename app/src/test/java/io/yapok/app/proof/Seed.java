package io.yapok.app.proof;

import java.util.Random;

/** The number that a scenario's records and faults follow from: {@code -Dyapok.proof.seed=N}, else a new one. Printed, so that a run can be repeated. */
final class Seed {
  private Seed() {}

  static long of(String scenario) {
    long seed = Long.getLong("yapok.proof.seed", new Random().nextInt(1_000_000_000));
    System.out.println(scenario + ": repeat with -Dyapok.proof.seed=" + seed);
    return seed;
  }
}
