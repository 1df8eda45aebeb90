package io.yapok.model.internal.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A session and how many hold on to it. Closing one while a run is inside it is a use after free in native code, so it is closed by whoever lets go last.
 * Created with one holder.
 */
final class SharedSession {
  private final OrtSession session;
  private final AtomicInteger holders = new AtomicInteger(1);

  SharedSession(OrtSession session) {
    this.session = session;
  }

  /** The session; only for a holder. */
  OrtSession session() {
    return session;
  }

  /**
   * Becomes a holder; any thread.
   *
   * @throws IllegalStateException if the session has been closed
   */
  void retain() {
    int held = holders.getAndUpdate(count -> count == 0 ? 0 : count + 1);
    if (held == 0) {
      throw new IllegalStateException("the model's session is closed");
    }
  }

  /** Lets go; the last one closes the session. Each holder calls it once. */
  void release() {
    int left = holders.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("the model's session was let go more often than it was held");
    }
    if (left == 0) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("the model's session did not close", e);
      }
    }
  }

  boolean isClosed() {
    return holders.get() == 0;
  }
}
