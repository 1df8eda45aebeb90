package io.yapok.app.internal.score;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines of bytes, so that a file larger than memory passes through. One thread's; its stream is the caller's. */
final class LineReader {
  /** A longer line is cut here: as a record it is too large, and broken JSON. */
  static final int MAX_LINE = 256 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 12];
  private long bytesRead;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line that is not blank, without its end ({@code \n} or {@code \r\n}), as a fresh array; null at the end. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      int length = readLine();
      if (length < 0) {
        return null;
      }
      int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
      if (!isBlank(end)) {
        return Arrays.copyOf(line, end);
      }
    }
  }

  /** Bytes taken from the stream so far. */
  long bytesRead() {
    return bytesRead - (limit - position);
  }

  private int readLine() throws IOException {
    int length = 0;
    boolean any = false;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer);
        position = 0;
        if (limit <= 0) {
          limit = 0;
          return any ? length : -1;
        }
        bytesRead += limit;
      }
      any = true;
      int start = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      length = append(start, position - start, length);
      if (position < limit) {
        position++; // over the line's end
        return length;
      }
    }
  }

  private int append(int from, int count, int length) {
    int kept = Math.min(count, MAX_LINE - length);
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(MAX_LINE, Math.max(length + kept, line.length * 2L)));
    }
    System.arraycopy(buffer, from, line, length, kept);
    return length + kept;
  }

  private boolean isBlank(int end) {
    for (int i = 0; i < end; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
