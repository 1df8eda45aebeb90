package io.yapok.app.internal.demo;

import java.util.Locale;

/** What is bought: how often, for how much, and how often over the internet. */
enum Category {
  GROCERY(0.30, 28, 0.7, 0.05),
  RESTAURANT(0.16, 24, 0.6, 0.10),
  TRANSPORT(0.10, 6, 0.8, 0.40),
  MARKETPLACE(0.10, 32, 0.9, 1.00),
  FUEL(0.08, 55, 0.4, 0.00),
  CLOTHING(0.07, 48, 0.7, 0.35),
  PHARMACY(0.05, 16, 0.6, 0.15),
  DIGITAL(0.04, 7, 0.8, 1.00),
  CASH(0.035, 90, 0.6, 0.00),
  ELECTRONICS(0.03, 140, 0.9, 0.50),
  TRAVEL(0.03, 220, 0.8, 0.80),
  JEWELRY(0.005, 180, 0.8, 0.10);

  /** The constants as one array, so that drawing one does not copy them. */
  private static final Category[] ALL = values();

  /** Of 1, how many payments are of this category. */
  final double share;

  /** The median amount, in euros. */
  final double median;

  /** The standard deviation of the amount's logarithm. */
  final double spread;

  /** Of 1, how many of its payments are made over the internet. */
  final double online;

  Category(double share, double median, double spread, double online) {
    this.share = share;
    this.median = median;
    this.spread = spread;
    this.online = online;
  }

  /** One of them, as often as its share says. */
  static Category draw(Dice dice) {
    double left = dice.unit();
    for (Category category : ALL) {
      left -= category.share;
      if (left < 0) {
        return category;
      }
    }
    return GROCERY;
  }

  /** The word in a record. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
