package io.yapok.schemas.internal.avro;

import org.apache.avro.Schema;

/** What types are called in messages. */
final class Kinds {
  private Kinds() {}

  static String of(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> "a record (" + schema.getFullName() + ")";
      case ENUM -> "an enum (" + schema.getFullName() + ")";
      case FIXED -> "a fixed (" + schema.getFullName() + ")";
      case ARRAY -> "an array";
      case MAP -> "a map";
      case UNION -> "a union";
      case STRING -> "a string";
      case BYTES -> "bytes";
      case INT -> "an int";
      case LONG -> "a long";
      case FLOAT -> "a float";
      case DOUBLE -> "a double";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
    };
  }
}
