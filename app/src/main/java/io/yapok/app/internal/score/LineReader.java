package io.yapok.app.internal.score;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into lines of bytes, so that a file larger than memory passes through. One thread's; its stream is the caller's. */
final class LineReader {
  /** A longer line is cut here, see {@link #isCut}: the heap must hold a line several times over. */
  static final int MAX_LINE = 32 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[1 << 12];
  private final int maxLine;
  private long bytesRead;
  private long lines;
  private boolean cut;

  LineReader(InputStream in) {
    this(in, MAX_LINE);
  }

  LineReader(InputStream in, int maxLine) {
    this.in = in;
    this.maxLine = maxLine;
  }

  /** The next line that is not blank, without its end ({@code \n} or {@code \r\n}), as a fresh array; null at the end. */
  byte @Nullable [] next() throws IOException {
    while (true) {
      cut = false;
      int length = readLine();
      if (length < 0) {
        return null;
      }
      lines++;
      int start = lines == 1 && startsWithMark(length) ? BYTE_ORDER_MARK.length : 0;
      int end = length > start && !cut && line[length - 1] == '\r' ? length - 1 : length;
      if (!isBlank(start, end)) {
        return Arrays.copyOfRange(line, start, end);
      }
    }
  }

  /** Which line of the stream the last one was, blank ones included, counted from 1. */
  long lineNumber() {
    return lines;
  }

  /** Whether the last line was longer than lines may be, and is only its beginning. */
  boolean isCut() {
    return cut;
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
    int kept = Math.min(count, maxLine - length);
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, (int) Math.min(maxLine, Math.max(length + kept, line.length * 2L)));
    }
    cut |= kept < count;
    System.arraycopy(buffer, from, line, length, kept);
    return length + kept;
  }

  private boolean startsWithMark(int length) {
    int mark = BYTE_ORDER_MARK.length;
    return length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark);
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
