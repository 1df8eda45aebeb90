package io.yapok.schemas.internal.avro;

import java.util.HashSet;
import java.util.Set;

/** Names as Avro has them, of letters, digits and underscores. */
final class Identifiers {
  private final Set<String> taken = new HashSet<>();

  /** What the name cannot have becomes an underscore. */
  static String of(String name) {
    String letters = name.replaceAll("[^A-Za-z0-9_]", "_");
    return letters.isEmpty() || Character.isDigit(letters.charAt(0)) ? "_" + letters : letters;
  }

  /** The same, and none that this has given before. */
  String unique(String name) {
    String wanted = of(name);
    String given = wanted;
    for (int i = 2; !taken.add(given); i++) {
      given = wanted + "_" + i;
    }
    return given;
  }
}
