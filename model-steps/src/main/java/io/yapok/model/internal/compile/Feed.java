package io.yapok.model.internal.compile;

import io.yapok.model.internal.mapping.Mapping;
import java.util.List;

/**
 * What feeds an input of a model.
 *
 * @param slot of the column that the model reads
 * @param mappings that fill it, in order; none where it is a column that something else fills
 * @param field what rejects name: the fields that feed the input
 */
record Feed(int slot, List<Mapping> mappings, String field) {
  Feed {
    mappings = List.copyOf(mappings);
  }
}
