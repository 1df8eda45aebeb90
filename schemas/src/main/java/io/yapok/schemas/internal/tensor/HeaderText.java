package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.ElementType;
import java.util.Locale;

/** Names and types as they stand in headers. */
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

  /** The type as the Open Inference Protocol names it. */
  static String type(ElementType type) {
    return switch (type) {
      case FLOAT32 -> "FP32";
      case FLOAT64 -> "FP64";
      case FLOAT16 -> "FP16";
      case BFLOAT16 -> "BF16";
      case INT8 -> "INT8";
      case INT16 -> "INT16";
      case INT32 -> "INT32";
      case INT64 -> "INT64";
      case UINT8 -> "UINT8";
      case BOOL -> "BOOL";
      case TEXT, JSON -> "BYTES";
    };
  }
}
