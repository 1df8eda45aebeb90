package io.yapok.model.internal.mapping;

import org.jspecify.annotations.Nullable;

/**
 * What one field gives to a model's input. Immutable and shared by all threads.
 *
 * @param field named in rejects: a dotted path, or the name of an answer
 * @param slot of the column that is read
 * @param how what is done to each of its elements
 */
public record Part(String field, int slot, How how) {

  /** What is done to an element. */
  public sealed interface How {
    /** How many elements of the model's input one element becomes. */
    int width();
  }

  /** Taken as it is: the column has the input's type. */
  public record Copy() implements How {
    @Override
    public int width() {
      return 1;
    }
  }

  /**
   * A number becomes {@code x * scale + offset}, computed in double and rounded once to the input's type.
   *
   * @param index how the element becomes a number first; null where it is one
   */
  public record Scaled(@Nullable Index index, double scale, double offset) implements How {
    @Override
    public int width() {
      return 1;
    }

    boolean isPlain() {
      return scale == 1 && offset == 0;
    }
  }

  /**
   * A number becomes a vector of zeros with a one at its place.
   *
   * @param index how the element becomes a number first; null where it is one
   * @param size the vector's length
   */
  public record OneHot(@Nullable Index index, int size) implements How {
    @Override
    public int width() {
      return size;
    }
  }

  /** A vocabulary, and the place that stands in for a word it does not have; -1 where that rejects the record. */
  public sealed interface Index {
    int otherwise();
  }

  /** Words of a text column. */
  public record OfText(Words words, int otherwise) implements Index {}

  /** Words of a column of whole numbers or truth values. */
  public record OfLongs(NumberWords words, int otherwise) implements Index {}

  /** Words of a column of floating-point numbers. */
  public record OfDoubles(NumberWords words, int otherwise) implements Index {}
}
