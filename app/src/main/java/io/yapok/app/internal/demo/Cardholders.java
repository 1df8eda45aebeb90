package io.yapok.app.internal.demo;

/** The people who pay: where each is at home, how freely each spends, who is travelling when. */
final class Cardholders {
  /** How many cards there are; their names have five digits. */
  static final int CARDS = 100_000;

  /** Coprime to {@link #CARDS}, so that busy cards are spread over all numbers. */
  private static final long SPREAD = 61_543;

  private static final long MILLIS_A_TRIP = 4L * 24 * 3_600_000;
  private static final long TRIPS_OF_100 = 5;

  private final Country[] homes = new Country[CARDS];
  private final float[] levels = new float[CARDS];
  private final long seed;

  Cardholders(long seed) {
    this.seed = seed;
    Dice dice = new Dice(seed);
    for (int card = 0; card < CARDS; card++) {
      homes[card] = Country.draw(dice);
      levels[card] = (float) StrictMath.exp(dice.bell() * 0.35);
    }
  }

  /** A card that pays now: some pay often, most seldom. */
  int drawActive(Dice dice) {
    double unit = dice.unit();
    long rank = (long) (unit * unit * CARDS);
    return (int) (rank * SPREAD % CARDS);
  }

  /** Any card, the busy ones no more than others: thieves don't choose. */
  int drawAny(Dice dice) {
    return (int) dice.between(0, CARDS);
  }

  Country home(int card) {
    return homes[card];
  }

  /** What this cardholder's amounts are multiplied by. */
  double level(int card) {
    return levels[card];
  }

  /** Where the cardholder is at a time: mostly at home, for a few days now and then elsewhere. */
  Country whereabouts(int card, long time) {
    long trip = Dice.mix(seed ^ (card * 1_000_003L + time / MILLIS_A_TRIP));
    Country home = homes[card];
    boolean away = Long.remainderUnsigned(trip, 100) < TRIPS_OF_100;
    return away ? Country.abroad(home, new Dice(trip)) : home;
  }
}
