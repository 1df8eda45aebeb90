package io.yapok.model.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Where nodes say that the row at hand has no value. Nothing is thrown: the node goes on with any value, and whoever asked for the row looks here afterwards. Owned
 * by one thread.
 */
final class Failures {
  private @Nullable String message;

  /** Notes why the row has no value; the first reason stays. */
  void fail(String why) {
    if (message == null) {
      message = why;
    }
  }

  boolean hasFailed() {
    return message != null;
  }

  /** The reason, which is then forgotten. */
  String take() {
    String taken = message;
    message = null;
    return taken == null ? "" : taken;
  }
}
