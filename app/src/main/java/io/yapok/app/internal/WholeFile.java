package io.yapok.app.internal;

import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is there with all of its content or not at all: written beside its place, and moved there when it is whole. {@code -} is standard output, and what is no file (a pipe, a terminal) is written
 * to as it is. For one thread; its owner closes it.
 */
public final class WholeFile implements AutoCloseable {
  private final OutputStream out;
  private final @Nullable Path part;
  private final Path target;

  private WholeFile(OutputStream out, @Nullable Path part, Path target) {
    this.out = out;
    this.part = part;
    this.target = target;
  }

  /**
   * Begins a file.
   *
   * @param read a file that must not be overwritten, since it is read
   * @throws ProblemsException if it cannot be written
   */
  public static WholeFile begin(String name, Path read) {
    Path named = Path.of(name);
    if (name.equals("-")) {
      return new WholeFile(new FileOutputStream(FileDescriptor.out), null, named);
    }
    try {
      if (Files.exists(named) && Files.exists(read) && Files.isSameFile(named, read)) {
        throw new ProblemsException(new Problem("the pipeline would be overwritten", Where.of(name), "name another file"));
      }
      if (Files.exists(named) && !Files.isRegularFile(named)) {
        return new WholeFile(Files.newOutputStream(named), null, named);
      }
      Path target = Files.exists(named) ? named.toRealPath() : named.toAbsolutePath();
      Path part = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      part.toFile().deleteOnExit(); // where the user interrupts
      return new WholeFile(Files.newOutputStream(part), part, target);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the file cannot be written: " + reason(e), Where.of(name), "name a file in a folder that exists and can be written to"));
    }
  }

  /** Where to write; whoever writes may close it. */
  public OutputStream out() {
    return out;
  }

  /** The file is whole: it takes its place, over what was there. */
  public void keep() throws IOException {
    out.close();
    if (part != null) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Removes what was written unless it was kept. */
  @Override
  public void close() throws IOException {
    out.close();
    if (part != null) {
      Files.deleteIfExists(part);
    }
  }

  /** Why a file cannot be opened, for people. */
  public static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "access is denied";
      default -> String.valueOf(e.getMessage());
    };
  }
}
