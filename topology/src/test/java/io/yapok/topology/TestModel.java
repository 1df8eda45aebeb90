package io.yapok.topology;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.ModelVersion;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A model that keeps account of who holds it, as a session does: binding it when nobody holds it any more fails, and so does running it then. */
public final class TestModel implements CompiledSteps.ModelReference {
  private final long nanosPerRow;
  private final AtomicInteger holders = new AtomicInteger(1);

  public TestModel(Duration rowTime) {
    this.nanosPerRow = rowTime.toNanos();
  }

  /** Whether the steps and every runner have let go of it. */
  public boolean isFree() {
    return holders.get() == 0;
  }

  void bind() {
    if (holders.getAndIncrement() == 0) {
      throw new IllegalStateException("the model's session is closed");
    }
  }

  void unbind() {
    if (holders.decrementAndGet() < 0) {
      throw new IllegalStateException("the model was let go of twice");
    }
  }

  void run(int rows) {
    if (isFree()) {
      throw new IllegalStateException("the model runs after its end");
    }
    for (int row = 0; row < rows && nanosPerRow > 0; row++) {
      LockSupport.parkNanos(nanosPerRow);
    }
  }

  @Override
  public ModelVersion version() {
    return new ModelVersion("test", 1, "");
  }

  @Override
  public long nanosPerRow() {
    return nanosPerRow;
  }

  @Override
  public void close() {
    unbind();
  }
}
