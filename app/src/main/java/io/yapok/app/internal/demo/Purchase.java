package io.yapok.app.internal.demo;

/**
 * A payment before it is written down.
 *
 * @param time in milliseconds since 1970
 * @param card from 0 to {@link Cardholders#CARDS}, excluded
 * @param cents the amount, in hundredths of a euro
 * @param country where the merchant is
 */
record Purchase(
    long time,
    int card,
    long cents,
    Category category,
    Channel channel,
    Country country,
    Country home,
    Kind kind) {

  private static final long MILLIS_AN_HOUR = 3_600_000;

  /** The hour of the day in UTC, 0 to 23. */
  int hour() {
    return (int) (time / MILLIS_AN_HOUR % 24);
  }

  /** The same, truly something else. */
  Purchase as(Kind other) {
    return new Purchase(time, card, cents, category, channel, country, home, other);
  }
}
