package io.yapok.app.internal.demo;

/**
 * Random numbers whose sequence belongs to this project: the model's training data must be the same
 * with every JDK on every machine. SplitMix64, and {@link StrictMath} where mathematics is needed. For
 * one thread.
 */
final class Dice {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final double TO_UNIT = 0x1.0p-53;

  private long state;

  Dice(long seed) {
    this.state = mix(seed);
  }

  /** Spreads a number over all 64 bits; equal numbers give equal results. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Uniform in 0 (included) to 1 (excluded). */
  double unit() {
    state += STEP;
    return (mix(state) >>> 11) * TO_UNIT;
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return unit() < probability;
  }

  /** Uniform in {@code from} (included) to {@code to} (excluded). */
  long between(long from, long to) {
    return from + (long) (unit() * (to - from));
  }

  /** Any of them, each as likely as the others. */
  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[(int) (unit() * choices.length)];
  }

  /** Waiting time until the next of events that come {@code 1 / mean} a unit of time. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - unit());
  }

  /** Around 0 with a standard deviation of 1: nearly normal, and never beyond 3.5. */
  double bell() {
    return (unit() + unit() + unit() + unit() - 2) * StrictMath.sqrt(3);
  }
}
