package io.yapok.model.internal.mapping;

import io.yapok.schemas.Column;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A vocabulary's words and their places, found by their UTF-8 bytes without making strings. Immutable and shared by all threads. */
public final class Words {
  private final byte[][] words;
  private final int[] table;

  /** A vocabulary whose words are all different. */
  public Words(List<String> words) {
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.table = new int[Math.max(2, Integer.highestOneBit(words.size()) << 2)];
    Arrays.fill(table, -1);
    for (int place = 0; place < this.words.length; place++) {
      byte[] word = this.words[place];
      int slot = slot(word, 0, word.length);
      if (table[slot] >= 0) {
        throw new IllegalArgumentException("the word \"" + words.get(place) + "\" stands in the vocabulary twice");
      }
      table[slot] = place;
    }
  }

  public int size() {
    return words.length;
  }

  /** The place of a column's text element, or -1 if the vocabulary does not have it. */
  int place(Column column, int element) {
    return table[slot(column.textPool(), column.textStart(element), column.textEnd(element))];
  }

  /** The place of a word, or -1 if the vocabulary does not have it. */
  public int place(String word) {
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    return table[slot(utf8, 0, utf8.length)];
  }

  /** Where the table has the word, or the empty slot where it would go. */
  private int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int mask = table.length - 1;
    int slot = ((hash * 0x9E3779B9) >>> 7) & mask;
    while (table[slot] >= 0 && !Arrays.equals(words[table[slot]], 0, words[table[slot]].length, bytes, from, to)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
