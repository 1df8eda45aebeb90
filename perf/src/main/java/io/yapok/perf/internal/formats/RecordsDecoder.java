package io.yapok.perf.internal.formats;

import java.nio.FloatBuffer;

/** Turns records into rows of numbers that a tensor can be made of. For one thread. */
interface RecordsDecoder {
  /**
   * Decodes records.
   *
   * @return their rows, one after the other from index 0; valid until the next call
   */
  FloatBuffer decode(byte[][] records, int from, int to);
}
