package io.yapok.app.internal.demo;

import java.util.Locale;

/** How a card is read. */
enum Channel {
  CHIP,
  CONTACTLESS,
  ONLINE,
  MAGSTRIPE;

  /** The word in a record. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
