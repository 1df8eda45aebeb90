package io.yapok.model.internal.onnx;

import io.yapok.schemas.fuzz.KeptInputs;
import io.yapok.schemas.fuzz.Pumped;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the reader of model files once stumbled over, what real writers write, and that in large. */
class FuzzTest {
  @TestFactory
  Stream<DynamicTest> shouldHoldWhateverIsReadWhenInputsAreReplayed() {
    return KeptInputs.replay(new GraphTarget());
  }

  @Test
  void shouldKeepWithinBoundsWhenInputsAreLarge() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Pumped.read(new GraphTarget(), 5, seed);
  }
}
