package io.yapok.perf.internal.contestant;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a key, written by hand for 1, 5 or 20 features: one object that is read from a store's bytes, shown, added to and written back, over and
 * over. It computes what the pipeline document of the same workload says, to the bit. Belongs to one thread.
 */
public final class Profile {
  /** Places of a record's fields. */
  public static final int AMOUNT = 0;

  public static final int DISTANCE = 1;
  public static final int DELAY = 2;
  public static final int LEVEL = 3;
  public static final int FIELDS = 4;

  private static final int FEW = 5;
  private static final double HOUR_SECONDS = 3600;
  private static final double HALF_LIFE_MILLIS = 600_000;
  private static final int REST = 10;

  private final int features;
  private final Buckets buckets;
  private final Buckets.Hour hour = new Buckets.Hour();

  private long count;
  private long clock;
  private double amountSum;

  // of 20 features
  private double amountMean;
  private double amountSquares;
  private double amountMin;
  private double amountMax;
  private double amountLast;
  private double distanceSum;
  private double distanceLast;
  private double delaySum;
  private double delayWeight;
  private double delayWeighted;

  /** Of so many features: 1, 5 or 20. */
  public Profile(int features) {
    this.features = features;
    this.buckets = new Buckets(features > FEW);
    clear();
  }

  private void clear() {
    count = 0;
    clock = 0;
    amountSum = 0;
    amountMean = 0;
    amountSquares = 0;
    amountMin = Double.POSITIVE_INFINITY;
    amountMax = Double.NEGATIVE_INFINITY;
    amountLast = 0;
    distanceSum = 0;
    distanceLast = 0;
    delaySum = 0;
    delayWeight = 0;
    delayWeighted = 0;
    buckets.clear();
  }

  /** Takes over what {@link #write} wrote; null for a key that was never seen. */
  public void read(byte @Nullable [] bytes) {
    if (bytes == null) {
      clear();
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    count = in.getLong();
    clock = in.getLong();
    if (features >= FEW) {
      amountSum = in.getDouble();
      buckets.read(in);
    }
    if (features > FEW) {
      amountMean = in.getDouble();
      amountSquares = in.getDouble();
      amountMin = in.getDouble();
      amountMax = in.getDouble();
      amountLast = in.getDouble();
      distanceSum = in.getDouble();
      distanceLast = in.getDouble();
      delaySum = in.getDouble();
      delayWeight = in.getDouble();
      delayWeighted = in.getDouble();
    }
  }

  /** In as few bytes as the features need. */
  public byte[] write() {
    int bytes = 2 * Long.BYTES + (features >= FEW ? Double.BYTES + buckets.bytes(clock) : 0) + (features > FEW ? REST * Double.BYTES : 0);
    ByteBuffer out = ByteBuffer.allocate(bytes).putLong(count).putLong(clock);
    if (features >= FEW) {
      out.putDouble(amountSum);
      buckets.write(out, clock);
    }
    if (features > FEW) {
      out.putDouble(amountMean).putDouble(amountSquares).putDouble(amountMin).putDouble(amountMax).putDouble(amountLast);
      out.putDouble(distanceSum).putDouble(distanceLast).putDouble(delaySum).putDouble(delayWeight).putDouble(delayWeighted);
    }
    return out.array();
  }

  /** Writes the features as a record of this time sees them, without it, in the order of the document. */
  public void show(long time, double[] shown) {
    shown[0] = count;
    if (features < FEW) {
      return;
    }
    long now = count == 0 ? time : Math.max(time, clock);
    buckets.show(now, hour);
    shown[1] = count == 0 ? -1 : Math.max(0, (time - clock) / 1000.0);
    shown[2] = count == 0 ? 0 : amountSum / count;
    shown[3] = hour.count == 0 ? 0 : hour.amountMax;
    shown[4] = hour.amountSum;
    if (features > FEW) {
      showRest(shown);
    }
  }

  private void showRest(double[] shown) {
    boolean none = count == 0;
    boolean noneLately = hour.count == 0;
    shown[5] = none ? 0 : amountSquares / count;
    shown[6] = none ? 0 : amountMin;
    shown[7] = none ? 0 : amountMax;
    shown[8] = amountLast;
    shown[9] = hour.count;
    shown[10] = hour.count / HOUR_SECONDS;
    shown[11] = noneLately ? 0 : hour.distanceSum / hour.count;
    shown[12] = noneLately ? 0 : hour.distanceMax;
    shown[13] = distanceSum;
    shown[14] = distanceLast;
    shown[15] = none ? 0 : delaySum / count;
    shown[16] = noneLately ? 0 : hour.delaySquares / hour.count;
    shown[17] = none ? 0 : delayWeighted / delayWeight;
    shown[18] = noneLately ? 0 : hour.levelMin;
    shown[19] = noneLately ? 0 : hour.levelSum / hour.count;
  }

  /** Adds a record. */
  public void add(long time, double[] fields) {
    if (features > FEW) {
      addRest(time, fields);
    }
    clock = count == 0 ? time : Math.max(time, clock);
    count++;
    if (features >= FEW) {
      amountSum += fields[AMOUNT];
      buckets.add(time, clock, fields);
    }
  }

  private void addRest(long time, double[] fields) {
    double amount = fields[AMOUNT];
    double delta = amount - amountMean;
    amountMean += delta / (count + 1);
    amountSquares += delta * (amount - amountMean);
    amountMin = Math.min(amountMin, amount);
    amountMax = Math.max(amountMax, amount);
    amountLast = amount;
    distanceSum += fields[DISTANCE];
    distanceLast = fields[DISTANCE];
    delaySum += fields[DELAY];
    age(time, fields[DELAY]);
  }

  /** The exponentially weighted mean, which halves a value's weight every ten minutes. */
  private void age(long time, double delay) {
    if (count == 0) {
      delayWeight = 1;
      delayWeighted = delay;
    } else if (time >= clock) {
      double decay = StrictMath.pow(2, -(time - clock) / HALF_LIFE_MILLIS);
      delayWeighted = delayWeighted * decay + delay;
      delayWeight = delayWeight * decay + 1;
    } else {
      double decay = StrictMath.pow(2, -(clock - time) / HALF_LIFE_MILLIS);
      delayWeighted += delay * decay;
      delayWeight += decay;
    }
  }
}
