package io.yapok.perf.internal.contestant;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last hour of a key in twelve buckets of five minutes, in a ring, with all that {@link Profile} needs of it: what somebody writes by hand for these very
 * features. Belongs to one thread.
 */
final class Buckets {
  private static final int COUNT = 12;
  private static final long MILLIS = 300_000;
  private static final long NONE = Long.MIN_VALUE;
  private static final int AMOUNT_BYTES = Long.BYTES + Integer.BYTES + 2 * Double.BYTES;
  private static final int REST_BYTES = 6 * Double.BYTES;

  private final boolean all;
  private final long[] index = new long[COUNT];
  private final int[] counts = new int[COUNT];
  private final double[] amountSum = new double[COUNT];
  private final double[] amountMax = new double[COUNT];
  private final double[] distanceSum = new double[COUNT];
  private final double[] distanceMax = new double[COUNT];
  private final double[] delayMean = new double[COUNT];
  private final double[] delaySquares = new double[COUNT];
  private final double[] levelMin = new double[COUNT];
  private final double[] levelSum = new double[COUNT];

  /**
   * Empty ones.
   *
   * @param all whether more than the amount is kept
   */
  Buckets(boolean all) {
    this.all = all;
    clear();
  }

  void clear() {
    Arrays.fill(index, NONE);
  }

  private static long bucket(long time) {
    return Math.floorDiv(time, MILLIS);
  }

  /** Counts a record; one that is older than what is shown is left out. */
  void add(long time, long clock, double[] fields) {
    long bucket = bucket(time);
    if (bucket <= bucket(clock) - COUNT) {
      return;
    }
    int at = Math.floorMod(bucket, COUNT);
    if (index[at] != bucket) {
      open(at, bucket);
    }
    int n = ++counts[at];
    amountSum[at] += fields[Profile.AMOUNT];
    amountMax[at] = Math.max(amountMax[at], fields[Profile.AMOUNT]);
    if (all) {
      distanceSum[at] += fields[Profile.DISTANCE];
      distanceMax[at] = Math.max(distanceMax[at], fields[Profile.DISTANCE]);
      double delay = fields[Profile.DELAY];
      double delta = delay - delayMean[at];
      delayMean[at] += delta / n;
      delaySquares[at] += delta * (delay - delayMean[at]);
      levelMin[at] = Math.min(levelMin[at], fields[Profile.LEVEL]);
      levelSum[at] += fields[Profile.LEVEL];
    }
  }

  private void open(int at, long bucket) {
    index[at] = bucket;
    counts[at] = 0;
    amountSum[at] = 0;
    amountMax[at] = Double.NEGATIVE_INFINITY;
    distanceSum[at] = 0;
    distanceMax[at] = Double.NEGATIVE_INFINITY;
    delayMean[at] = 0;
    delaySquares[at] = 0;
    levelMin[at] = Double.POSITIVE_INFINITY;
    levelSum[at] = 0;
  }

  /** Sums the hour up to a moment, its oldest bucket first. */
  void show(long clock, Hour hour) {
    hour.clear();
    long newest = bucket(clock);
    for (long bucket = newest - COUNT + 1; bucket <= newest; bucket++) {
      int at = Math.floorMod(bucket, COUNT);
      if (index[at] == bucket) {
        merge(at, hour);
      }
    }
  }

  private void merge(int at, Hour hour) {
    hour.amountSum += amountSum[at];
    hour.amountMax = Math.max(hour.amountMax, amountMax[at]);
    if (all) {
      hour.distanceSum += distanceSum[at];
      hour.distanceMax = Math.max(hour.distanceMax, distanceMax[at]);
      hour.levelMin = Math.min(hour.levelMin, levelMin[at]);
      hour.levelSum += levelSum[at];
      mergeDelay(at, hour);
    }
    hour.count += counts[at];
  }

  /** By Chan, Golub and LeVeque, as Yapok does it. */
  private void mergeDelay(int at, Hour hour) {
    if (hour.count == 0) {
      hour.delayMean = delayMean[at];
      hour.delaySquares = delaySquares[at];
      return;
    }
    long together = hour.count + counts[at];
    double delta = delayMean[at] - hour.delayMean;
    hour.delayMean += delta * counts[at] / together;
    hour.delaySquares = hour.delaySquares + delaySquares[at] + delta * delta * hour.count * counts[at] / together;
  }

  /** Bytes that {@link #write} takes; buckets that are no longer shown at this time are left out. */
  int bytes(long clock) {
    int bytes = 1;
    for (int at = 0; at < COUNT; at++) {
      bytes += isShown(at, clock) ? AMOUNT_BYTES + (all ? REST_BYTES : 0) : 0;
    }
    return bytes;
  }

  private boolean isShown(int at, long clock) {
    return index[at] != NONE && index[at] > bucket(clock) - COUNT;
  }

  void write(ByteBuffer out, long clock) {
    int countAt = out.position();
    byte shown = 0;
    out.put(shown);
    for (int at = 0; at < COUNT; at++) {
      if (isShown(at, clock)) {
        shown++;
        out.putLong(index[at]).putInt(counts[at]).putDouble(amountSum[at]).putDouble(amountMax[at]);
        if (all) {
          out.putDouble(distanceSum[at]).putDouble(distanceMax[at]).putDouble(delayMean[at]).putDouble(delaySquares[at]).putDouble(levelMin[at]).putDouble(levelSum[at]);
        }
      }
    }
    out.put(countAt, shown);
  }

  void read(ByteBuffer in) {
    clear();
    for (int left = in.get(); left > 0; left--) {
      long bucket = in.getLong();
      int at = Math.floorMod(bucket, COUNT);
      index[at] = bucket;
      counts[at] = in.getInt();
      amountSum[at] = in.getDouble();
      amountMax[at] = in.getDouble();
      if (all) {
        distanceSum[at] = in.getDouble();
        distanceMax[at] = in.getDouble();
        delayMean[at] = in.getDouble();
        delaySquares[at] = in.getDouble();
        levelMin[at] = in.getDouble();
        levelSum[at] = in.getDouble();
      }
    }
  }

  /** An hour's sums. */
  static final class Hour {
    long count;
    double amountSum;
    double amountMax;
    double distanceSum;
    double distanceMax;
    double delayMean;
    double delaySquares;
    double levelMin;
    double levelSum;

    private void clear() {
      count = 0;
      amountSum = 0;
      amountMax = Double.NEGATIVE_INFINITY;
      distanceSum = 0;
      distanceMax = Double.NEGATIVE_INFINITY;
      delayMean = 0;
      delaySquares = 0;
      levelMin = Double.POSITIVE_INFINITY;
      levelSum = 0;
    }
  }
}
