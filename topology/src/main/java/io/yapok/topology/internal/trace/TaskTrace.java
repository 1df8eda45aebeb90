package io.yapok.topology.internal.trace;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * What a task tells of its batches. Called on the task's thread: {@link #begin}, then what happens, in the end {@link #end} in any case. A batch that is aborted and run again is told of
 * twice: spans are of attempts.
 */
public interface TaskTrace {
  /** Tells nobody, and leaves headers as they are. */
  TaskTrace NONE =
      new TaskTrace() {
        @Override
        public void begin(CompiledSteps steps, List<ConsumerRecord<byte[], byte[]>> records) {}

        @Override
        public void sent(ConsumerRecord<byte[], byte[]> record, Headers headers) {}

        @Override
        public void rejected(ConsumerRecord<byte[], byte[]> record, Headers headers, Reject reject) {}

        @Override
        public void filtered(ConsumerRecord<byte[], byte[]> record) {}

        @Override
        public void ran(Batch batch) {}

        @Override
        public void succeeded() {}

        @Override
        public void end() {}
      };

  /**
   * These records are a batch from now on.
   *
   * @param records at least one, from one partition
   */
  void begin(CompiledSteps steps, List<ConsumerRecord<byte[], byte[]>> records);

  /**
   * What comes of a record is sent with these headers.
   *
   * @param record one of those that the batch began with, the very object
   * @param headers a copy of the record's, whose trace they continue from now on if it is a sampled one; untouched if not
   */
  void sent(ConsumerRecord<byte[], byte[]> record, Headers headers);

  /** The record is rejected, and the reject has these headers: as in {@link #sent}. */
  void rejected(ConsumerRecord<byte[], byte[]> record, Headers headers, Reject reject);

  /** Nothing comes of the record: the sink does not take its result. */
  void filtered(ConsumerRecord<byte[], byte[]> record);

  /** Columns have been decoded, run through the steps and encoded; those of a batch that does not fit at once are told of one after another. */
  void ran(Batch batch);

  /** All of the batch has been handed on; without this before its end it has failed. */
  void succeeded();

  /** The batch is over. */
  void end();
}
