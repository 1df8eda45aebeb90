package io.yapok.schemas.fuzz;

/** What Jazzer calls, in its own process: a target's name first, then inputs without end. */
public final class Fuzzed {
  private static FuzzTarget target;

  private Fuzzed() {}

  /** Called once, with the name of the target's class. */
  public static void fuzzerInitialize(String[] args) throws ReflectiveOperationException {
    var constructor = Class.forName(args[0]).getDeclaredConstructor();
    constructor.setAccessible(true);
    target = (FuzzTarget) constructor.newInstance();
  }

  /** Called with each input; what it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bounds.read(target, input);
  }
}
