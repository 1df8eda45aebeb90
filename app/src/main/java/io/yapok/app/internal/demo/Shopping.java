package io.yapok.app.internal.demo;

/** How cardholders pay when nothing is wrong. For one thread. */
final class Shopping {
  private static final double ONLINE_ABROAD = 0.12;
  private static final double CONTACTLESS_UP_TO_50 = 0.75;
  private static final double MAGSTRIPE = 0.015;
  private static final double LARGEST_EUROS = 20_000;

  private final Cardholders holders;
  private final Dice dice;

  Shopping(Cardholders holders, Dice dice) {
    this.holders = holders;
    this.dice = dice;
  }

  /** An ordinary payment with this card at this time. */
  Purchase purchase(int card, long time) {
    Category category = Category.draw(dice);
    Country home = holders.home(card);
    long cents = cents(category, holders.level(card));
    Channel channel = dice.chance(category.online) ? Channel.ONLINE : atTheCounter(cents);
    Country country = country(channel, card, home, time);
    return new Purchase(time, card, cents, category, channel, country, home, Kind.LEGITIMATE);
  }

  private long cents(Category category, double level) {
    double euros = category.median * level * StrictMath.exp(dice.bell() * category.spread);
    double capped = Math.min(euros, LARGEST_EUROS);
    return category == Category.CASH ? tens(capped) : Math.max(50, (long) (capped * 100));
  }

  private static long tens(double euros) {
    return Math.max(1, (long) (euros / 10)) * 1000;
  }

  private Channel atTheCounter(long cents) {
    if (dice.chance(MAGSTRIPE)) {
      return Channel.MAGSTRIPE;
    }
    return cents <= 5000 && dice.chance(CONTACTLESS_UP_TO_50) ? Channel.CONTACTLESS : Channel.CHIP;
  }

  private Country country(Channel channel, int card, Country home, long time) {
    if (channel == Channel.ONLINE) {
      return dice.chance(ONLINE_ABROAD) ? Country.abroad(home, dice) : home;
    }
    return holders.whereabouts(card, time);
  }
}
