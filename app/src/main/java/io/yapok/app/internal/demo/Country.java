package io.yapok.app.internal.demo;

/** Where cards are issued and used, by ISO 3166 code, with its share of cards. */
enum Country {
  DE(0.30),
  FR(0.20),
  IT(0.14),
  ES(0.12),
  PL(0.08),
  NL(0.06),
  AT(0.04),
  CH(0.03),
  GB(0.02),
  US(0.01);

  private static final Country[] ALL = values();

  private final double share;

  Country(double share) {
    this.share = share;
  }

  /** One of them, as often as its share says. */
  static Country draw(Dice dice) {
    double left = dice.unit();
    for (Country country : ALL) {
      left -= country.share;
      if (left < 0) {
        return country;
      }
    }
    return DE;
  }

  /** Any but {@code home}. */
  static Country abroad(Country home, Dice dice) {
    Country country = home;
    while (country == home) {
      country = dice.oneOf(ALL);
    }
    return country;
  }

  /** The code in a record. */
  String word() {
    return name();
  }
}
