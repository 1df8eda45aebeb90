package io.yapok.schemas.fuzz;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Jazzer on the decoders of this module: on all in one process for a glance in every build, on each for longer with the profile {@code fuzz}. */
@Execution(ExecutionMode.CONCURRENT)
class FuzzIT {
  static final List<FuzzTarget> TARGETS = FuzzRun.IS_LONG ? AllTargets.EACH : List.of(new AllTargets());

  @ParameterizedTest
  @FieldSource("TARGETS")
  void shouldHoldWhateverIsReadWhenJazzerWritesIt(FuzzTarget target) throws IOException, InterruptedException {
    System.out.println(FuzzRun.of(target));
  }
}
