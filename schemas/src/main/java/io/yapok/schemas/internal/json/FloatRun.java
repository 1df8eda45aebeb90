package io.yapok.schemas.internal.json;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The inner loop of most pipelines: numbers that {@link Decimal} reads, one after the other in an array with a comma and at most one space on each side of it between them, into a
 * buffer. Stops before whatever is not that and leaves it to {@link ValueReader}.
 */
final class FloatRun {
  /** Bytes that are looked at for one number: with its sign, and with a space before and behind it. */
  private static final int AHEAD = Decimal.AHEAD + 3;

  private final Decimal decimal = new Decimal();

  /** The document's last bytes and zeros behind them, so that no number is too near to the end. */
  private final byte[] tail = new byte[2 * AHEAD];

  /** Where the array that is read starts in the document; the other two count from there. */
  private int origin;

  private int end;
  private int next;
  private int minus;

  /** After a run: where it stopped, behind the last number that it read. */
  int end() {
    return origin + end;
  }

  /** Reads at most {@code room} numbers, the first of which starts at {@code from}. Answers how many. */
  int readFloats(byte[] json, int from, FloatBuffer into, int element, int room) {
    start(from);
    int count = floats(json, into, element, room);
    if (count == room || !isNearEnd(json)) {
      return count;
    }
    goToTail(json);
    return count + floats(tail, into, element + count, room - count);
  }

  /** The same into doubles. */
  int readDoubles(byte[] json, int from, DoubleBuffer into, int element, int room) {
    start(from);
    int count = doubles(json, into, element, room);
    if (count == room || !isNearEnd(json)) {
      return count;
    }
    goToTail(json);
    return count + doubles(tail, into, element + count, room - count);
  }

  private int floats(byte[] json, FloatBuffer into, int element, int room) {
    int count = 0;
    int last = json.length - AHEAD;
    while (count < room && next >= 0 && next <= last && readNumber(json)) {
      float magnitude = JsonNumber.toFloat(decimal.digits(), decimal.power());
      into.put(element + count, Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) | (minus << 31)));
      count++;
    }
    return count;
  }

  private int doubles(byte[] json, DoubleBuffer into, int element, int room) {
    int count = 0;
    int last = json.length - AHEAD;
    while (count < room && next >= 0 && next <= last && readNumber(json)) {
      double magnitude = JsonNumber.toDouble(decimal.digits(), decimal.power());
      into.put(element + count, Double.longBitsToDouble(Double.doubleToRawLongBits(magnitude) | ((long) minus << 63)));
      count++;
    }
    return count;
  }

  /** Reads the number at {@code next}, and the comma behind it. The sign is as good as random, so there is no branch on it. */
  private boolean readNumber(byte[] json) {
    int p = next;
    int c = json[p];
    if (c == ' ') {
      c = json[++p];
    }
    minus = (((c & 0xFF) ^ '-') - 1) >>> 31;
    int stop = decimal.read(json, p + minus);
    if (stop < 0) {
      next = -1;
      return false;
    }
    end = stop;
    c = json[stop];
    if (c == ' ') {
      c = json[++stop];
    }
    next = c == ',' ? stop + 1 : -1;
    return true;
  }

  private void start(int from) {
    origin = 0;
    end = from;
    next = from;
  }

  private boolean isNearEnd(byte[] json) {
    return next > json.length - AHEAD;
  }

  private void goToTail(byte[] json) {
    int length = json.length - next;
    System.arraycopy(json, next, tail, 0, length);
    Arrays.fill(tail, length, tail.length, (byte) 0);
    origin = next;
    end -= next;
    next = 0;
  }
}
