package io.yapok.schemas.internal.oip;

import io.yapok.schemas.ElementType;
import java.util.Set;

/** The protocol's names of types. */
public final class Datatypes {
  private static final Set<String> NUMBERS = Set.of("INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP16", "BF16", "FP32", "FP64");

  private Datatypes() {}

  /** The type whose binary data are a column's own bytes; {@code BYTES} for text. */
  public static String of(ElementType type) {
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
      case TEXT -> "BYTES";
      case JSON -> throw new IllegalArgumentException("no tensor is JSON");
    };
  }

  /** Whether data in JSON of this type may go into a column: numbers of every kind into numeric ones, as far as they fit. */
  static boolean isReadAs(String datatype, ElementType type) {
    return datatype.equals(of(type)) || (NUMBERS.contains(datatype) && (type.isFloating() || type.isInteger()));
  }
}
