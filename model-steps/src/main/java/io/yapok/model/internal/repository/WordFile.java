package io.yapok.model.internal.repository;

import io.yapok.schemas.PipelineStep.Vocabulary;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vocabulary in a file: UTF-8, one word a line, at most {@link #MAX_BYTES} and {@link #MAX_WORDS}.
 *
 * @param words in the file's order, each once
 * @param sha256 of the file's bytes
 */
public record WordFile(List<String> words, String sha256) {
  public static final int MAX_BYTES = 64 << 20;
  public static final int MAX_WORDS = 1_000_000;

  public WordFile {
    words = List.copyOf(words);
  }

  /**
   * Reads a vocabulary's file.
   *
   * @param directory of the document
   * @throws ProblemsException if it is not there, cannot be read, or is no vocabulary
   */
  public static WordFile read(Vocabulary.InFile vocabulary, Path directory) {
    byte[] bytes = bytes(vocabulary, directory);
    return new WordFile(words(text(bytes, vocabulary), vocabulary), Sha256.of(bytes));
  }

  private static byte[] bytes(Vocabulary.InFile vocabulary, Path directory) {
    try (InputStream in = Files.newInputStream(directory.resolve(vocabulary.path()))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem("the vocabulary has more than " + (MAX_BYTES >> 20) + " MiB", vocabulary, "use a smaller one");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw problem("there is no vocabulary file \"" + e.getMessage() + "\"", vocabulary, "put it there, or write the words as a list");
    } catch (IOException | InvalidPathException e) {
      throw problem("the vocabulary file \"" + vocabulary.path() + "\" cannot be read: " + e.getMessage(), vocabulary, "see to its path and permissions");
    }
  }

  private static String text(byte[] bytes, Vocabulary.InFile vocabulary) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw problem("the vocabulary file \"" + vocabulary.path() + "\" is not UTF-8", vocabulary, "save it as UTF-8");
    }
  }

  private static List<String> words(String text, Vocabulary.InFile vocabulary) {
    List<String> words = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (String word : (Iterable<String>) text.lines()::iterator) {
      int line = words.size() + 1;
      Integer first = lines.putIfAbsent(word, line);
      if (first != null) {
        throw problem("line " + line + " of \"" + vocabulary.path() + "\" is the word of line " + first, vocabulary, "remove one of the two");
      }
      if (line > MAX_WORDS) {
        throw problem("the vocabulary has more than " + MAX_WORDS + " words", vocabulary, "use a smaller one");
      }
      words.add(word);
    }
    if (words.isEmpty()) {
      throw problem("the vocabulary file \"" + vocabulary.path() + "\" has no words", vocabulary, "write one a line");
    }
    return words;
  }

  private static ProblemsException problem(String what, Vocabulary.InFile vocabulary, String whatToDo) {
    Where where = vocabulary.where();
    return new ProblemsException(new Problem(what, where, whatToDo));
  }
}
