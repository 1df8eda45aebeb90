package io.yapok.model.internal.compile;

import io.yapok.model.internal.mapping.NumberWords;
import io.yapok.model.internal.mapping.Part;
import io.yapok.model.internal.mapping.Words;
import io.yapok.model.internal.repository.WordFile;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineStep.Vocabulary;
import io.yapok.schemas.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The vocabularies of a document, each file read once, as tables for the type of what they are looked up for. */
final class Vocabularies {
  private final Path directory;
  private final Problems problems;
  private final Map<String, Optional<WordFile>> files = new LinkedHashMap<>();
  private final Map<Vocabulary, List<Object>> words = new HashMap<>();

  Vocabularies(Path directory, Problems problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /** The words, or none after a problem with their file was reported. */
  List<Object> words(Vocabulary vocabulary) {
    return words.computeIfAbsent(vocabulary, _ -> switch (vocabulary) {
      case Vocabulary.Listed listed -> listed.words();
      case Vocabulary.InFile file -> List.copyOf(file(file).map(WordFile::words).orElse(List.of()));
    });
  }

  private Optional<WordFile> file(Vocabulary.InFile file) {
    return files.computeIfAbsent(file.path(), _ -> {
      try {
        return Optional.of(WordFile.read(file, directory));
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
        return Optional.empty();
      }
    });
  }

  /** The hash of each file read, by its path as written. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    files.forEach((path, file) -> file.ifPresent(read -> hashes.put(path, read.sha256())));
    return hashes;
  }

  /** The type to read a field as whose words these are; empty, after a problem, if they have none in common. */
  Optional<ElementType> type(Vocabulary vocabulary) {
    List<Object> all = words(vocabulary);
    if (all.stream().allMatch(String.class::isInstance)) {
      return Optional.of(ElementType.TEXT);
    }
    if (all.stream().allMatch(Long.class::isInstance)) {
      return Optional.of(ElementType.INT64);
    }
    if (all.stream().allMatch(Number.class::isInstance)) {
      return Optional.of(ElementType.FLOAT64);
    }
    if (all.stream().allMatch(Boolean.class::isInstance)) {
      return Optional.of(ElementType.BOOL);
    }
    problems.add("the vocabulary mixes texts, numbers and truth values", vocabulary.where(), "put the words that are text in quotes, or all of them");
    return Optional.empty();
  }

  /**
   * The table for elements of a type.
   *
   * @param otherwise the word that stands in for others; null where others reject the record
   * @return empty after a problem was reported
   */
  Optional<Part.Index> index(Vocabulary vocabulary, ElementType type, @Nullable Located<Object> otherwise) {
    List<Object> all = words(vocabulary);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    int before = problems.count();
    Part.Index index;
    if (type == ElementType.TEXT) {
      Words table = new Words(typed(all, String.class, vocabulary, type));
      index = new Part.OfText(table, otherwise == null ? -1 : known(table.place(otherwise.value().toString()), otherwise));
    } else if (type.isFloating()) {
      NumberWords table = NumberWords.ofDoubles(different(numbers(all, vocabulary, type), vocabulary));
      index = new Part.OfDoubles(table, otherwise == null || !(otherwise.value() instanceof Number number) ? -1 : known(table.place(number.doubleValue()), otherwise));
    } else {
      NumberWords table = NumberWords.ofLongs(different(wholes(all, vocabulary, type), vocabulary));
      index = new Part.OfLongs(table, otherwise == null ? -1 : known(wholePlace(table, otherwise.value()), otherwise));
    }
    return problems.count() == before ? Optional.of(index) : Optional.empty();
  }

  /** The words without repetition; words that are different as written may be one as numbers. */
  private <T> List<T> different(List<T> words, Vocabulary vocabulary) {
    List<T> different = words.stream().distinct().toList();
    if (different.size() < words.size()) {
      problems.add("two words of the vocabulary are one number", vocabulary.where(), "remove one of the two");
    }
    return different;
  }

  private static int wholePlace(NumberWords table, Object word) {
    return switch (word) {
      case Long whole -> table.place(whole.longValue());
      case Boolean truth -> table.place(truth ? 1L : 0L);
      default -> -1;
    };
  }

  private int known(int place, Located<Object> otherwise) {
    if (place < 0) {
      problems.add("the default \"" + otherwise + "\" is not in the vocabulary", otherwise.where(), "add it, or take one of the words");
    }
    return place;
  }

  private <T> List<T> typed(List<Object> all, Class<T> wanted, Vocabulary vocabulary, ElementType type) {
    List<T> typed = new ArrayList<>();
    for (Object word : all) {
      if (wanted.isInstance(word)) {
        typed.add(wanted.cast(word));
      } else {
        mismatch(word, vocabulary, type);
        break;
      }
    }
    return typed;
  }

  private List<Double> numbers(List<Object> all, Vocabulary vocabulary, ElementType type) {
    List<Double> numbers = new ArrayList<>();
    for (Object word : all) {
      if (word instanceof Number number) {
        numbers.add(number.doubleValue());
      } else {
        mismatch(word, vocabulary, type);
        break;
      }
    }
    return numbers;
  }

  /** Whole numbers or truth values; a file's lines are read as such. */
  private List<Long> wholes(List<Object> all, Vocabulary vocabulary, ElementType type) {
    List<Long> wholes = new ArrayList<>();
    for (Object word : all) {
      Long whole = whole(word, vocabulary instanceof Vocabulary.InFile, type);
      if (whole == null) {
        mismatch(word, vocabulary, type);
        break;
      }
      wholes.add(whole);
    }
    return wholes;
  }

  private static @Nullable Long whole(Object word, boolean inFile, ElementType type) {
    if (type == ElementType.BOOL) {
      return word instanceof Boolean truth ? (truth ? 1L : 0L) : null;
    }
    if (inFile && word.toString().matches("-?[0-9]{1,18}")) {
      return Long.valueOf(word.toString());
    }
    return word instanceof Long whole ? whole : null;
  }

  private void mismatch(Object word, Vocabulary vocabulary, ElementType type) {
    problems.add("the vocabulary's word \"" + word + "\" is no " + type.label() + ", as the field is", vocabulary.where(), "write words of the field's type");
  }
}
