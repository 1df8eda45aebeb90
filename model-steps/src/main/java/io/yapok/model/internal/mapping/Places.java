package io.yapok.model.internal.mapping;

import io.yapok.model.internal.mapping.Numbers.DoubleAt;
import io.yapok.model.internal.mapping.Numbers.LongAt;
import io.yapok.schemas.Column;
import io.yapok.schemas.RejectReason;

/** The place that an element stands for, at least 0; -1, with the failure noted, where it stands for none. */
@FunctionalInterface
interface Places {
  int MOST_SHOWN = 60;

  long at(int element);

  /** Places of words. */
  static Places of(Part.Index index, Column source, Failure failure) {
    return switch (index) {
      case Part.OfText(Words words, int otherwise) -> element -> {
        int place = words.place(source, element);
        return place >= 0 ? place : otherwise >= 0 ? otherwise : unknown('"' + excerpt(source.text(element)) + '"', failure);
      };
      case Part.OfLongs(NumberWords words, int otherwise) -> {
        LongAt number = Numbers.longs(source);
        yield element -> {
          int place = words.place(number.at(element));
          return place >= 0 ? place : otherwise >= 0 ? otherwise : unknown(Long.toString(number.at(element)), failure);
        };
      }
      case Part.OfDoubles(NumberWords words, int otherwise) -> {
        DoubleAt number = Numbers.doubles(source);
        yield element -> {
          int place = words.place(number.at(element));
          return place >= 0 ? place : otherwise >= 0 ? otherwise : unknown(Double.toString(number.at(element)), failure);
        };
      }
    };
  }

  /** Numbers that are places themselves. */
  static Places ofNumbers(Column source, Failure failure) {
    if (!source.spec().type().isFloating()) {
      LongAt number = Numbers.longs(source);
      return element -> number.at(element) >= 0 ? number.at(element) : noPlace(Long.toString(number.at(element)), failure);
    }
    DoubleAt number = Numbers.doubles(source);
    return element -> {
      double value = number.at(element);
      return value >= 0 && value == Math.rint(value) && value < Integer.MAX_VALUE ? (long) value : noPlace(Double.toString(value), failure);
    };
  }

  private static long unknown(String word, Failure failure) {
    failure.because(RejectReason.NOT_IN_VOCABULARY, word + " is not in the vocabulary");
    return -1;
  }

  private static long noPlace(String value, Failure failure) {
    failure.because(RejectReason.OUT_OF_RANGE, value + " is no place in a vector: a whole number from 0 is");
    return -1;
  }

  private static String excerpt(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
