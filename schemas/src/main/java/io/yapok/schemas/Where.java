package io.yapok.schemas;

/**
 * A place that a person can go to: a line of a pipeline document, a file, a command-line option, an address.
 *
 * @param file the file, option or address; never empty
 * @param line counted from 1; 0 where the place has no lines
 * @param column counted from 1 in Unicode code points; 0 where the place has no lines
 * @param path the place inside the document, such as {@code steps[1].transform.digit}; empty for the whole of it
 */
public record Where(String file, int line, int column, String path) {
  /** Longer names are cut: a path is for reading. */
  private static final int MAX_NAME_LENGTH = 100;

  public Where {
    if (file.isEmpty()) {
      throw new IllegalArgumentException("a place needs a file, an option or an address");
    }
    if (line < 0 || column < 0 || (line == 0) != (column == 0)) {
      throw new IllegalArgumentException("line and column count from 1, not " + line + " and " + column);
    }
  }

  /** A place without lines: a model file, an option, an address. */
  public static Where of(String file) {
    return new Where(file, 0, 0, "");
  }

  /** The entry {@code name} of the mapping at this place, at this place's line until a better one is known. */
  public Where entry(String name) {
    if (!isPlain(name)) {
      String shown = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "...";
      return new Where(file, line, column, path + "[\"" + shown.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]");
    }
    return new Where(file, line, column, path.isEmpty() ? name : path + "." + name);
  }

  /** The element {@code index}, counted from 0, of the list at this place. */
  public Where element(int index) {
    return new Where(file, line, column, path + "[" + index + "]");
  }

  /** The same path at another line and column, both counted from 1. */
  public Where at(int newLine, int newColumn) {
    return new Where(file, newLine, newColumn, path);
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty() && name.length() <= MAX_NAME_LENGTH && name.chars().allMatch(c -> c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  /** {@code digits.yaml:13:14 (steps[1].transform.digit)}; without lines or path only what there is. */
  @Override
  public String toString() {
    String place = line == 0 ? file : file + ":" + line + ":" + column;
    return path.isEmpty() ? place : place + " (" + path + ")";
  }
}
