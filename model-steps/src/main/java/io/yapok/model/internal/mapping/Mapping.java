package io.yapok.model.internal.mapping;

import java.util.List;

/**
 * How the column that feeds a model's input is filled from other columns. Immutable and shared by all threads.
 *
 * @param targetSlot the input's column
 * @param parts laid out one after the other into each row
 */
public record Mapping(int targetSlot, List<Part> parts) {
  public Mapping {
    parts = List.copyOf(parts);
  }
}
