package io.yapok.app.internal.demo;

import java.util.Arrays;

/**
 * Payments as the model sees them, one column a feature, with what they truly are. What is remembered
 * about a card is what the pipeline remembers: the payments before this one that could be decoded.
 */
final class Examples {
  /** The columns, in the order of the model's inputs after it has compared the countries. */
  static final int AMOUNT = 0;

  static final int HOUR = 1;
  static final int CATEGORY = 2;
  static final int CHANNEL = 3;
  static final int ABROAD = 4;
  static final int SEEN = 5;
  static final int GAP = 6;
  static final int RECENT = 7;
  static final int SPENT = 8;
  static final int LEAST = 9;
  static final int RATIO = 10;
  static final int FEATURES = 11;

  /** Columns of the payment alone: those before what is remembered of its card. */
  private static final int OF_THE_PAYMENT = SEEN;

  final float[][] columns;
  /** What amounts are divided by for their ratio, or less than 1. */
  final float[] usual;

  final Purchase[] purchases;

  private Examples(float[][] columns, float[] usual, Purchase[] purchases) {
    this.columns = columns;
    this.usual = usual;
    this.purchases = purchases;
  }

  /** The first {@code count} payments of a stream that are not malformed. */
  static Examples of(long seed, int count) {
    Purchases stream = new Purchases(seed, 0);
    Examples examples = new Examples(new float[FEATURES][count], new float[count], new Purchase[count]);
    CardPast[] pasts = new CardPast[Cardholders.CARDS];
    Arrays.setAll(pasts, _ -> new CardPast());
    int row = 0;
    for (long number = 0; row < count; number++) {
      Purchase purchase = stream.next();
      PaymentJson.Fault fault = PaymentJson.fault(number, purchase);
      CardPast past = pasts[purchase.card()];
      if (fault == PaymentJson.Fault.NONE) {
        examples.put(row++, purchase, past);
      }
      if (fault == PaymentJson.Fault.NONE || fault == PaymentJson.Fault.CATEGORY_UNKNOWN) {
        past.add(purchase);
      }
    }
    return examples;
  }

  /** The same without anything that is remembered. */
  Examples withoutCards() {
    return new Examples(Arrays.copyOf(columns, OF_THE_PAYMENT), usual, purchases);
  }

  int count() {
    return purchases.length;
  }

  boolean isFraud(int row) {
    return purchases[row].kind().isFraud();
  }

  private void put(int row, Purchase purchase, CardPast past) {
    purchases[row] = purchase;
    columns[AMOUNT][row] = Float.parseFloat(purchase.cents() / 100 + "." + twoDigits(purchase));
    columns[HOUR][row] = purchase.hour();
    columns[CATEGORY][row] = purchase.category().ordinal();
    columns[CHANNEL][row] = purchase.channel().ordinal();
    columns[ABROAD][row] = purchase.country() == purchase.home() ? 0 : 1;
    columns[SEEN][row] = past.seen();
    columns[GAP][row] = past.gap(purchase.time());
    columns[RECENT][row] = past.recent(purchase.time());
    columns[SPENT][row] = past.spent(purchase.time());
    columns[LEAST][row] = past.least(purchase.time());
    usual[row] = past.usual();
    columns[RATIO][row] = columns[AMOUNT][row] / Math.max(usual[row], 1);
  }

  private static String twoDigits(Purchase purchase) {
    long cents = purchase.cents() % 100;
    return cents < 10 ? "0" + cents : Long.toString(cents);
  }
}
