package io.yapok.app.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Which instances die, join and leave, and when: a function of the seed. */
record KillPlan(List<Event> events) {
  /** What is done with a place that an instance was killed in. */
  enum Restart {
    /** At once and on its disk, as a supervisor does. */
    AT_ONCE,
    /** At once and on an empty disk, as a scheduler does that moves a container. */
    ELSEWHERE,
    /** Only when the others have taken over. */
    AFTER_RECOVERY
  }

  /** One thing to do, after so many results more. */
  sealed interface Event {
    int afterResults();

    /**
     * Kills one.
     *
     * @param victim which of those alive, taken modulo their number
     * @param inWork whether it must have partitions; else it may be killed while it starts
     * @param waits whether the next event comes only after this one's recovery; else it falls into it
     */
    record Kill(int afterResults, int victim, boolean inWork, Restart restart, boolean waits) implements Event {}

    /** One more comes. */
    record Join(int afterResults) implements Event {}

    /** One ends by SIGTERM. */
    record Leave(int afterResults, int victim) implements Event {}
  }

  /** A plan with so many kills, two instances to begin with, and never more than three. */
  static KillPlan of(long seed, int kills) {
    var random = new SplittableRandom(seed);
    var events = new ArrayList<Event>();
    int running = 2;
    for (int killed = 0; killed < kills; ) {
      int after = 100 + random.nextInt(1500);
      int dice = random.nextInt(10);
      if (dice == 0 && running == 2) {
        events.add(new Event.Join(after));
        running++;
      } else if (dice <= 2 && running == 3) {
        events.add(new Event.Leave(after, random.nextInt(6)));
        running--;
      } else {
        var restart = Restart.values()[random.nextInt(Restart.values().length)];
        events.add(new Event.Kill(after, random.nextInt(6), random.nextInt(8) > 0, restart, restart == Restart.AFTER_RECOVERY || random.nextInt(4) > 0));
        killed++;
      }
    }
    return new KillPlan(List.copyOf(events));
  }
}
