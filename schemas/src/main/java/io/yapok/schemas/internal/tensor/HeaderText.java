package io.yapok.schemas.internal.tensor;

import java.util.Locale;

/** Names as they stand in headers. */
final class HeaderText {
  private HeaderText() {}

  /** A name with what separates the parts of a header, and what cannot be seen, written as {@code %2C} is. */
  static String name(String name) {
    StringBuilder text = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '%' || c == ',' || c == '=') {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
