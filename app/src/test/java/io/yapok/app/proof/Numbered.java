package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;

/**
 * One record of the load: a function of seed, key and number, so that whoever knows these three knows the record.
 *
 * @param key which key, from 0
 * @param number the how manieth of its key, from 0
 * @param timestamp milliseconds; mostly later than the key's record before, now and then earlier
 */
record Numbered(int key, int number, Kind kind, long timestamp, int a, int b, int c, int place) {
  /** What is to become of it. */
  enum Kind {
    ANSWERED(""),
    TRUNCATED("truncated"),
    MODEL_FAILS("model_failed"),
    OVERSIZED("result_too_large");

    private final String reason;

    Kind(String reason) {
      this.reason = reason;
    }

    /** The code of its rejection; empty for what is answered. */
    String reason() {
      return reason;
    }
  }

  /** How many places the model's table has; a place beyond makes it throw. */
  static final int TABLE = 50;

  /**
   * An hour ago. Not fixed: a broker forgets an idempotent producer by its records' timestamps, a day after the latest, so that with older ones a batch that is sent again after the broker's death stands in
   * the source twice (seen on 4.3.1).
   */
  private static final long FIRST_TIMESTAMP = System.currentTimeMillis() - 3_600_000;

  private static final String PADDING = "pad-".repeat(Workload.LARGEST_RESULT / 4);

  static Numbered of(long seed, int key, int number) {
    var random = new SplittableRandom(seed * 31 + key * 1_000_003L + number);
    var kind = kind(random.nextInt(1000));
    int place = kind == Kind.MODEL_FAILS ? TABLE + random.nextInt(1000) : random.nextInt(TABLE);
    long timestamp = FIRST_TIMESTAMP + number * 1000L + random.nextInt(2500);
    return new Numbered(key, number, kind, timestamp, random.nextInt(-999, 1000), random.nextInt(-999, 1000), random.nextInt(-999, 1000), place);
  }

  private static Kind kind(int outOfAThousand) {
    if (outOfAThousand < 10) {
      return Kind.MODEL_FAILS;
    }
    if (outOfAThousand < 20) {
      return Kind.TRUNCATED;
    }
    return outOfAThousand < 21 ? Kind.OVERSIZED : Kind.ANSWERED;
  }

  byte[] keyBytes() {
    return ("k" + key).getBytes(UTF_8);
  }

  /** Its value: a JSON object that begins with {@code key} and {@code n}; of a truncated one the end is missing. */
  byte[] value() {
    var text = "{\"key\":" + key + ",\"n\":" + number + ",\"a\":" + a + ",\"b\":" + b + ",\"c\":" + c + ",\"place\":" + place;
    return (switch (kind) {
          case TRUNCATED -> text;
          case OVERSIZED -> text + ",\"pad\":\"" + PADDING + "\"}";
          case ANSWERED, MODEL_FAILS -> text + "}";
        })
        .getBytes(UTF_8);
  }
}
