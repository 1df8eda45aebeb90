package io.yapok.model.internal.onnx;

import io.yapok.schemas.fuzz.FuzzRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Jazzer on the reader of model files: a glance in every build, longer with the profile {@code fuzz}. */
class FuzzIT {
  @Test
  void shouldHoldWhateverIsReadWhenJazzerWritesIt() throws IOException, InterruptedException {
    System.out.println(FuzzRun.of(new GraphTarget()));
  }
}
