package io.yapok.model.internal.onnx;

import io.yapok.schemas.Batch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keys' tensors as they were before a record of several rows, should one of its later rows be rejected. Takes memory only where there are such records. */
final class LaneUndo {
  private final Recurrence recurrence;
  private final Batch batch;
  private final @Nullable ByteBuffer[] saved; // by input; a row a lane

  LaneUndo(Recurrence recurrence, Batch batch) {
    this.recurrence = recurrence;
    this.batch = batch;
    this.saved = new ByteBuffer[recurrence.inputs().size()];
  }

  void save(int lane) {
    for (int input = 0; input < saved.length; input++) {
      if (recurrence.isState(input)) {
        int rowBytes = rowBytes(input);
        memory(input, rowBytes).put(lane * rowBytes, tensors(input), lane * rowBytes, rowBytes);
      }
    }
  }

  void restore(int lane) {
    for (int input = 0; input < saved.length; input++) {
      if (recurrence.isState(input)) {
        int rowBytes = rowBytes(input);
        tensors(input).put(lane * rowBytes, memory(input, rowBytes), lane * rowBytes, rowBytes);
      }
    }
  }

  private ByteBuffer memory(int input, int rowBytes) {
    ByteBuffer memory = saved[input];
    int needed = batch.lanes() * rowBytes;
    if (memory == null || memory.capacity() < needed) {
      ByteBuffer larger = ByteBuffer.allocate(memory == null ? needed : Math.max(needed, memory.capacity() * 2));
      if (memory != null) {
        larger.put(0, memory, 0, memory.capacity());
      }
      saved[input] = larger;
      return larger;
    }
    return memory;
  }

  private ByteBuffer tensors(int input) {
    return batch.column(recurrence.inputSlot(input)).bytes();
  }

  private int rowBytes(int input) {
    return batch.column(recurrence.inputSlot(input)).spec().bytesPerRow();
  }
}
