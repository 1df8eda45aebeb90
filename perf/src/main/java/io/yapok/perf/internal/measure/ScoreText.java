package io.yapok.perf.internal.measure;

import java.nio.charset.StandardCharsets;

/** Finds a result's score, {@code "out":{"score":[0.25]}}, without reading the rest: a million results a run are checked while the next contestant waits. */
final class ScoreText {
  private final byte[] before;

  ScoreText(String output) {
    this.before = ("\"out\":{\"" + output + "\":[").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The score's bits.
   *
   * @throws IllegalArgumentException if the value is no such result
   */
  int bits(byte[] value) {
    int start = start(value);
    int end = start;
    while (end < value.length && value[end] != ']') {
      end++;
    }
    return Float.floatToIntBits(Float.parseFloat(new String(value, start, end - start, StandardCharsets.US_ASCII)));
  }

  private int start(byte[] value) {
    for (int from = 0; from + before.length < value.length; from++) {
      int same = 0;
      while (same < before.length && value[from + same] == before[same]) {
        same++;
      }
      if (same == before.length) {
        return from + same;
      }
    }
    throw new IllegalArgumentException("no score in " + new String(value, StandardCharsets.UTF_8));
  }
}
