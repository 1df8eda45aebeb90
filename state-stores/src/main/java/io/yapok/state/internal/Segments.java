package io.yapok.state.internal;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Direct memory that is filled round and round, in pieces of one size. Positions count from the first byte ever written; those of a segment lie in one buffer. It grows by a segment wherever it has
 * been filled up to, so nothing in it moves, and what several of these share is divided evenly. For one thread at a time.
 */
final class Segments implements AutoCloseable {
  /** Of one segment. */
  static final int BYTES = 256 << 10;

  /** As many as there may be. */
  static final int MOST = 1024;

  private static final int BITS = Integer.numberOfTrailingZeros(BYTES);

  /** Shared, since whoever closes a task need not be the thread that ran it. */
  private final Arena arena = Arena.ofShared();

  /** By number, of which the upper bits are left out. */
  private final ByteBuffer[] buffers = new ByteBuffer[MOST];

  private int count;
  private long end;

  int count() {
    return count;
  }

  /** The position behind the newest segment. */
  long end() {
    return end;
  }

  /** The position of the oldest segment's first byte. */
  long start() {
    return end - (long) count * BYTES;
  }

  /** Opens the next segment, in new memory. The caller sees to it that there are not more than {@link #MOST}. */
  void add() {
    open(arena.allocate(BYTES, Long.BYTES).asByteBuffer().order(ByteOrder.nativeOrder()));
    count++;
  }

  /** Opens the next segment, in the memory of the oldest one, whose positions are gone then. */
  void turn() {
    open(buffer(start()));
  }

  private void open(ByteBuffer buffer) {
    buffers[number(end)] = buffer;
    end += BYTES;
  }

  /** The buffer that a position lies in. */
  ByteBuffer buffer(long position) {
    return buffers[number(position)];
  }

  /** Where in its buffer a position lies. */
  static int at(long position) {
    return (int) position & (BYTES - 1);
  }

  private static int number(long position) {
    return (int) (position >>> BITS) & (MOST - 1);
  }

  @Override
  public void close() {
    arena.close();
  }
}
