package io.yapok.topology.internal;

import io.yapok.schemas.Reject;

/** A record was rejected by a pipeline that says {@code rejects: fail}: the application stops before the record is committed. */
public final class RejectedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RejectedRecordException(String topic, int partition, long offset, Reject reject) {
    super(
        "the record at offset %d of %s-%d was rejected (%s, step %s%s): %s; the pipeline says rejects: fail"
            .formatted(
                offset,
                topic,
                partition,
                reject.reason().code(),
                reject.step(),
                reject.field().isEmpty() ? "" : ", field " + reject.field(),
                reject.message()));
  }
}
