package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.Nearest;
import io.yapok.schemas.PipelineDocument.Choice;
import io.yapok.schemas.Where;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values. Each method takes what may be absent; what is absent or wrong comes back as null or the given default, and what is wrong is among the
 * problems then, so that no document is made of it.
 */
final class Words {
  private final ProblemList problems;

  Words(ProblemList problems) {
    this.problems = problems;
  }

  /** A text that is not empty. */
  @Nullable Located<String> text(@Nullable Yaml value, String noun) {
    Yaml.Scalar scalar = scalar(value, noun, "text");
    if (scalar == null) {
      return null;
    }
    if (scalar.text().isBlank() || scalar.isNothing()) {
      problems.add(noun + " is empty", scalar.where(), "write a value");
      return null;
    }
    if (scalar.type() != Yaml.Type.TEXT) {
      problems.add(noun + " is " + scalar.kind() + ", not text", scalar.where(), "put it in quotes: \"" + scalar.text() + "\"");
      return null;
    }
    return new Located<>(scalar.text(), scalar.where());
  }

  /** The text of an expression, where {@code 1} and {@code true} are expressions too. */
  @Nullable Located<String> expression(@Nullable Yaml value, String noun) {
    if (value instanceof Yaml.Sequence || value instanceof Yaml.Mapping) {
      problems.add(noun + " is " + value.kind() + ", not an expression", value.where(), "put the expression in quotes");
      return null;
    }
    Yaml.Scalar scalar = scalar(value, noun, "an expression");
    if (scalar != null && (scalar.text().isBlank() || scalar.isNothing())) {
      problems.add(noun + " is empty", scalar.where(), "write an expression");
      return null;
    }
    return scalar == null ? null : new Located<>(scalar.text().strip(), scalar.where());
  }

  /** The text of any value that is not null, as it stands. */
  @Nullable Located<String> raw(@Nullable Yaml value, String noun) {
    Yaml.Scalar scalar = scalar(value, noun, "text");
    if (scalar != null && scalar.isNothing()) {
      problems.add(noun + " is empty", scalar.where(), "write a value, or \"\" for an empty one");
      return null;
    }
    return scalar == null ? null : new Located<>(scalar.text(), scalar.where());
  }

  /** A whole number within bounds. */
  @Nullable Located<Integer> whole(@Nullable Yaml value, String noun, int least, int most) {
    Yaml.Scalar scalar = scalar(value, noun, "a whole number");
    if (scalar == null) {
      return null;
    }
    if (scalar.type() != Yaml.Type.WHOLE) {
      problems.add(noun + " is " + scalar.kind() + ", not a whole number", scalar.where(), "write a number from " + least + " to " + most);
      return null;
    }
    BigInteger number = scalar.whole();
    if (number.compareTo(BigInteger.valueOf(least)) < 0 || number.compareTo(BigInteger.valueOf(most)) > 0) {
      problems.add(noun + " is " + scalar.text(), scalar.where(), "write a number from " + least + " to " + most);
      return null;
    }
    return new Located<>(number.intValue(), scalar.where());
  }

  /** A finite number. */
  double number(@Nullable Yaml value, String noun, double absent) {
    Yaml.Scalar scalar = scalar(value, noun, "a number");
    if (scalar == null) {
      return absent;
    }
    if (!scalar.isNumber()) {
      problems.add(noun + " is " + scalar.kind() + ", not a number", scalar.where(), "write a number such as 0.5");
      return absent;
    }
    double number = scalar.real();
    if (!Double.isFinite(number)) {
      problems.add(noun + " is not finite", scalar.where(), "write a number such as 0.5");
      return absent;
    }
    return number;
  }

  /** {@code true} or {@code false}. */
  boolean truth(@Nullable Yaml value, String noun, boolean absent) {
    Yaml.Scalar scalar = scalar(value, noun, "true or false");
    if (scalar == null) {
      return absent;
    }
    if (scalar.type() != Yaml.Type.TRUTH) {
      problems.add(noun + " is " + scalar.kind() + ", not true or false", scalar.where(), "write true or false");
      return absent;
    }
    return scalar.isTrue();
  }

  /** One of a few words. */
  <E extends Enum<E> & Choice> E choice(@Nullable Yaml value, String noun, Class<E> type, E absent) {
    Located<String> word = choice(value, noun, Arrays.stream(type.getEnumConstants()).map(Choice::label).toList());
    return word == null ? absent : Enum.valueOf(type, word.value().toUpperCase(Locale.ROOT));
  }

  /** One of a few words. */
  @Nullable Located<String> choice(@Nullable Yaml value, String noun, List<String> choices) {
    Yaml.Scalar scalar = scalar(value, noun, "a word");
    if (scalar == null) {
      return null;
    }
    if (!choices.contains(scalar.text())) {
      String all = choices.size() == 1 ? choices.getFirst() : "one of " + String.join(", ", choices);
      Optional<String> meant = Nearest.to(scalar.text(), choices);
      problems.add(noun + " is \"" + scalar.text() + "\"", scalar.where(), meant.map(word -> "write " + word).orElse("write " + all));
      return null;
    }
    return new Located<>(scalar.text(), scalar.where());
  }

  /** A value as YAML types it: a {@link Long}, {@link Double}, {@link Boolean} or {@link String}. */
  @Nullable Located<Object> literal(@Nullable Yaml value, String noun) {
    Yaml.Scalar scalar = scalar(value, noun, "a number, a text or true or false");
    if (scalar == null) {
      return null;
    }
    if (scalar.isNothing()) {
      problems.add(noun + " is empty", scalar.where(), "write a value");
      return null;
    }
    if (scalar.type() == Yaml.Type.WHOLE && scalar.whole().bitLength() > 63) {
      problems.add(noun + " is " + scalar.text() + ", beyond 64 bits", scalar.where(), "write a smaller number or put it in quotes");
      return null;
    }
    Object literal =
        switch (scalar.type()) {
          case WHOLE -> scalar.whole().longValue();
          case REAL -> scalar.real();
          case TRUTH -> scalar.isTrue();
          case TEXT, NOTHING -> scalar.text();
        };
    return new Located<>(literal, scalar.where());
  }

  private Yaml.@Nullable Scalar scalar(@Nullable Yaml value, String noun, String wanted) {
    return switch (value) {
      case null -> null;
      case Yaml.Refused refused -> null;
      case Yaml.Scalar scalar -> scalar;
      case Yaml.Mapping mapping -> notScalar(mapping, noun, wanted);
      case Yaml.Sequence sequence -> notScalar(sequence, noun, wanted);
    };
  }

  private Yaml.@Nullable Scalar notScalar(Yaml value, String noun, String wanted) {
    problems.add(noun + " is " + value.kind() + ", not " + wanted, value.where(), "write " + wanted);
    return null;
  }

  /** A problem with a value that reads well but means nothing. */
  void problem(String what, Where where, String whatToDo) {
    problems.add(what, where, whatToDo);
  }
}
