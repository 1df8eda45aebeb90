package io.yapok.schemas.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every decoder of this module once stumbled over, what real writers write, and that in large. */
class FuzzTest {
  static final List<FuzzTarget> TARGETS = AllTargets.EACH;

  @TestFactory
  Stream<DynamicTest> shouldHoldWhateverIsReadWhenInputsAreReplayed() {
    return Stream.concat(TARGETS.stream(), Stream.of(new AllTargets())).flatMap(KeptInputs::replay);
  }

  @ParameterizedTest
  @FieldSource("TARGETS")
  void shouldKeepWithinBoundsWhenInputsAreLarge(FuzzTarget target) {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Pumped.read(target, 2, seed);
  }
}
