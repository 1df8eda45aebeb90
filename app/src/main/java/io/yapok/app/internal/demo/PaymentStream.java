package io.yapok.app.internal.demo;

import org.jspecify.annotations.Nullable;

/**
 * An endless stream of made-up card payments, in the order of their times; the same for the same seed
 * and start on every machine. A record looks like this, in one line:
 *
 * <pre>{@code
 * {"payment": 17, "card": "c-01234", "amount": 12.30, "currency": "EUR", "merchant_category": "grocery",
 *  "channel": "chip", "country": "DE", "home_country": "DE", "hour": 14}
 * }</pre>
 *
 * <p>How it is made. 100,000 cards are issued in ten countries and make five payments a day on
 * average, some many and most few, with quiet nights and busy evenings. Each category has its share,
 * its log-normal amounts and its part over the internet; each cardholder spends more or less freely
 * and sometimes travels. 3 % of payments are followed by another of the same card within minutes.
 *
 * <p>About 0.5 % are fraud, in attacks on one card each: small payments over the internet within
 * seconds to test a number, then a large one; a cloned magnetic stripe that goes shopping, mostly
 * abroad; large purchases over the internet by somebody else. Amounts, categories and places overlap
 * with honest ones on purpose, and an attack's first payment often looks like nothing: no model can
 * find all. 0.2 % are written down wrongly, in five ways: no JSON, cut off, the amount missing
 * or a text, a category that does not exist.
 *
 * <p>Times are the payments' own and run much faster than a clock when many are asked for: 500,000 a
 * day. Records must carry them as their timestamps, since the time between payments of a card is what
 * gives attacks away. Start in the past, so that times stay behind the clock (Kafka refuses those an
 * hour ahead), and give topics {@code retention.ms=-1}.
 *
 * <p>A cursor: {@link #next()} moves to a payment, and the other methods tell of it. For one thread.
 */
public final class PaymentStream {
  private final Purchases purchases;
  private final PaymentJson json = new PaymentJson();
  private long moves;
  private @Nullable Purchase purchase;

  /**
   * Starts a stream, before its first payment.
   *
   * @param seed of people and payments
   * @param startMillis the first payment's time, in milliseconds since 1970
   */
  public PaymentStream(long seed, long startMillis) {
    this.purchases = new Purchases(seed, startMillis);
  }

  /** Moves to the next payment. There is always one. */
  public void next() {
    purchase = purchases.next();
    moves++;
  }

  /** The card, {@code c-01234} in ASCII; a new array. */
  public byte[] key() {
    return PaymentJson.card(current().card());
  }

  /** The record as JSON, or what a malformed one has instead; a new array. */
  public byte[] value() {
    return json.value(number(), current());
  }

  /** The payment's number from 0, which is the record's field {@code payment}. */
  public long number() {
    return moves - 1;
  }

  /** The time of the payment, in milliseconds since 1970: the record's timestamp. Never falls. */
  public long timestamp() {
    return current().time();
  }

  /** What the payment truly is. */
  public Kind kind() {
    return current().kind();
  }

  /** Whether a cardholder did not want the payment. */
  public boolean isFraud() {
    return kind().isFraud();
  }

  /** Whether the record is broken and must be rejected. */
  public boolean isMalformed() {
    return kind() == Kind.MALFORMED;
  }

  private Purchase current() {
    if (purchase == null) {
      throw new IllegalStateException("next() comes first");
    }
    return purchase;
  }
}
