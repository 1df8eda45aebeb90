package io.yapok.app.internal.score;

import io.yapok.app.internal.WholeFile;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one {@code yapok score}, as the user named them; {@code -} is standard input or output.
 *
 * @param rejects null where rejects are errors
 */
record ScoreFiles(String input, String output, @Nullable String rejects) {
  private static final String STANDARD = "-";
  private static final int BUFFER = 1 << 20;

  /**
   * Makes sure that nothing is overwritten that is read: not the input, not the pipeline.
   *
   * @throws ProblemsException otherwise
   */
  void requireDistinct(Path pipeline) {
    List<Problem> problems = new ArrayList<>();
    for (String written : rejects == null ? List.of(output) : List.of(output, rejects)) {
      if (isFile(written) && isFile(input) && isSame(Path.of(written), Path.of(input))) {
        problems.add(new Problem("the input would be overwritten", Where.of(written), "name another file for --output and --rejects"));
      }
      if (isFile(written) && isSame(Path.of(written), pipeline)) {
        problems.add(new Problem("the pipeline would be overwritten", Where.of(written), "name another file for --output and --rejects"));
      }
    }
    if (rejects != null && (output.equals(rejects) || (isFile(output) && isFile(rejects) && isSame(Path.of(output), Path.of(rejects))))) {
      problems.add(new Problem("results and rejects would share a file", Where.of(output), "name two files"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
  }

  /** Whether results go to standard output, where nothing else belongs then. */
  boolean printsResults() {
    return !isFile(output);
  }

  /** The size of the input in bytes; 0 if it is not known. */
  long inputBytes() {
    try {
      return isFile(input) ? Files.size(Path.of(input)) : 0;
    } catch (IOException e) {
      return 0; // only the share of progress is not shown
    }
  }

  /** Opens the input; the caller closes it. */
  InputStream openInput() {
    try {
      if (isFile(input) && Files.isDirectory(Path.of(input))) {
        throw new IOException("it is a directory");
      }
      return new BufferedInputStream(isFile(input) ? Files.newInputStream(Path.of(input)) : new FileInputStream(FileDescriptor.in), BUFFER);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the input cannot be read: " + WholeFile.reason(e), Where.of(input), "name a file of JSON lines, or - for standard input"));
    }
  }

  /** Opens a file to write to, over what is there; the caller closes it. */
  static OutputStream openOutput(String name) {
    try {
      return new BufferedOutputStream(isFile(name) ? Files.newOutputStream(Path.of(name)) : new FileOutputStream(FileDescriptor.out), BUFFER);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the file cannot be written: " + WholeFile.reason(e), Where.of(name), "name a file in a folder that exists and can be written to"));
    }
  }

  private static boolean isFile(String name) {
    return !name.equals(STANDARD);
  }

  private static boolean isSame(Path one, Path other) {
    if (Files.exists(one) && !Files.isRegularFile(one)) {
      return false; // /dev/null, a pipe, a terminal: nothing is overwritten there
    }
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize()); // one of them is not there yet
    }
  }
}
