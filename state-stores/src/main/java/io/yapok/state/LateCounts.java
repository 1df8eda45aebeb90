package io.yapok.state;

import io.yapok.schemas.PipelineState.Late;
import io.yapok.state.internal.part.LateValues;
import java.util.concurrent.atomic.LongAdder;

/** What became of values that came after their window, over all threads of an application. As a process has seen them: a batch that runs again counts again. */
public final class LateCounts {
  private final LongAdder dropped = new LongAdder();
  private final LongAdder intoOwnWindow = new LongAdder();
  private final LongAdder intoNewestWindow = new LongAdder();

  /** Values that nothing shows. */
  public long dropped() {
    return dropped.sum();
  }

  /** Values that went into the window of their time. */
  public long intoOwnWindow() {
    return intoOwnWindow.sum();
  }

  /** Values that went into the newest window. */
  public long intoNewestWindow() {
    return intoNewestWindow.sum();
  }

  LateValues by(Late rule) {
    return new LateValues(rule, dropped, intoOwnWindow, intoNewestWindow);
  }
}
