package io.yapok.state;

import io.yapok.state.internal.RocksDbDamage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.jspecify.annotations.Nullable;

/**
 * A store on disk that cannot be opened, since its files are damaged. Kafka Streams opens it again with each replaced thread and fails each time; once it is
 * deleted, it is restored from its changelog.
 *
 * @param directory its files, with the offsets up to which they go
 */
public record BrokenStore(Path directory) {
  private static final Pattern OPENING = Pattern.compile("Error opening store .+ at location (.+)");

  /** The store that made a stream thread fail; empty if something else did, such as a full disk or another process that has it open. */
  public static Optional<BrokenStore> in(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProcessorStateException failure && RocksDbDamage.isReason(failure.getCause())) {
        Matcher opening = OPENING.matcher(String.valueOf(failure.getMessage()));
        return opening.find() ? Optional.of(new BrokenStore(Path.of(opening.group(1)))) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Deletes its files. To be called by the thread that could not open it, which still holds the lock of its task's directory. */
  public void delete() {
    try (Stream<Path> tree = Files.walk(directory)) {
      List<Path> files = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
