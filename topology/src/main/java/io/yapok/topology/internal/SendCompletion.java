package io.yapok.topology.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes one callback of many: called with the first error, or when the last send is acknowledged, whichever comes first, and once. The producer's sender thread
 * calls it, and the stream thread does where a send fails at once.
 */
final class SendCompletion extends CompletableFuture<RecordMetadata> implements Callback {
  private final AtomicInteger waiting;
  private final @Nullable Callback callback;

  SendCompletion(int sends, @Nullable Callback callback) {
    this.waiting = new AtomicInteger(sends);
    this.callback = callback;
  }

  @Override
  public void onCompletion(RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      if (completeExceptionally(exception)) {
        call(metadata, exception);
      }
    } else if (waiting.decrementAndGet() == 0 && complete(metadata)) {
      call(metadata, null);
    }
  }

  /** A send threw: whoever sends gets that exception, and the callback nothing any more. */
  void abandon(RuntimeException thrown) {
    completeExceptionally(thrown);
  }

  private void call(RecordMetadata metadata, @Nullable Exception exception) {
    if (callback != null) {
      callback.onCompletion(metadata, exception);
    }
  }
}
