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
  static final int FEATURES = 7;

  final float[][] columns;
  final Purchase[] purchases;

  private Examples(float[][] columns, Purchase[] purchases) {
    this.columns = columns;
    this.purchases = purchases;
  }

  /** The first {@code count} payments of a stream that are not malformed. */
  static Examples of(long seed, int count) {
    Purchases stream = new Purchases(seed, 0);
    Examples examples = new Examples(new float[FEATURES][count], new Purchase[count]);
    int[] seen = new int[Cardholders.CARDS];
    long[] last = new long[Cardholders.CARDS];
    Arrays.fill(last, -1);
    int row = 0;
    for (long number = 0; row < count; number++) {
      Purchase purchase = stream.next();
      PaymentJson.Fault fault = PaymentJson.fault(number, purchase);
      int card = purchase.card();
      if (fault == PaymentJson.Fault.NONE) {
        examples.put(row++, purchase, seen[card], last[card]);
      }
      if (fault == PaymentJson.Fault.NONE || fault == PaymentJson.Fault.CATEGORY_UNKNOWN) {
        seen[card]++;
        last[card] = purchase.time();
      }
    }
    return examples;
  }

  int count() {
    return purchases.length;
  }

  boolean isFraud(int row) {
    return purchases[row].kind().isFraud();
  }

  private void put(int row, Purchase purchase, int seen, long last) {
    purchases[row] = purchase;
    columns[AMOUNT][row] = Float.parseFloat(purchase.cents() / 100 + "." + twoDigits(purchase));
    columns[HOUR][row] = purchase.hour();
    columns[CATEGORY][row] = purchase.category().ordinal();
    columns[CHANNEL][row] = purchase.channel().ordinal();
    columns[ABROAD][row] = purchase.country() == purchase.home() ? 0 : 1;
    columns[SEEN][row] = seen;
    columns[GAP][row] = last < 0 ? -1 : (float) ((purchase.time() - last) / 1000.0);
  }

  private static String twoDigits(Purchase purchase) {
    long cents = purchase.cents() % 100;
    return cents < 10 ? "0" + cents : Long.toString(cents);
  }
}
