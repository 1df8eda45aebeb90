package io.yapok.schemas;

import org.jspecify.annotations.Nullable;

/**
 * A field of the record that a decoder writes into a column, as it is: scaling, vocabularies and casts come later, as kernels over columns. One path may feed
 * several columns of different types, each with a slot of its own.
 *
 * @param path dotted, from the record's top; with {@code source.rows}, looked for in the row first and then in the record around it
 * @param slot of the column, whose spec has the type and the shape that the field must have: nested arrays and flat ones of the same number of elements both fit
 * @param fallback what stands in for every element of a field that is absent or null, and for a single element that is null: a {@link Double}, {@link Long},
 *     {@link Boolean} or {@link String}; a dynamic axis then has the size 1. Null where absence rejects the record. A column of {@link ElementType#JSON} keeps null
 *     as it came and has no fallback for it
 */
public record SourceField(String path, int slot, @Nullable Object fallback) {
  public SourceField {
    if (!(fallback == null || fallback instanceof Double || fallback instanceof Long || fallback instanceof Boolean || fallback instanceof String)) {
      throw new IllegalArgumentException("the default of " + path + " is a " + fallback.getClass().getSimpleName());
    }
  }
}
