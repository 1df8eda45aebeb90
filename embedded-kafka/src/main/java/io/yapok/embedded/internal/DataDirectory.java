package io.yapok.embedded.internal;

import io.yapok.embedded.EmbeddedKafkaException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker keeps its data: {@code yapok.lock} and {@code kafka/}, formatted on first use. Holding
 * one means holding its lock; Kafka's own lock comes only after its controller has begun to write.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String LOCK_FILE = "yapok.lock";
  private static final String KAFKA = "kafka";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lockFile;

  private DataDirectory(Path path, boolean temporary, FileChannel lockFile) {
    this.path = path;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /**
   * Opens the directory, makes and formats what is missing, and locks it.
   *
   * @param path one that survives; null for a temporary one, deleted by {@link #close()}
   * @param node whose data these are, if they are new
   * @throws EmbeddedKafkaException if it is in use, is not ours, or cannot be written
   */
  public static DataDirectory open(@Nullable Path path, Quorum node) {
    try {
      Path directory = path == null ? Files.createTempDirectory("yapok-kafka-") : ours(path);
      DataDirectory data = new DataDirectory(directory, path == null, lock(directory));
      data.formatOnFirstUse(node);
      return data;
    } catch (IOException e) {
      throw new EmbeddedKafkaException(
          "the data directory cannot be used (" + e + ")",
          path == null ? System.getProperty("java.io.tmpdir", "/tmp") : path.toString(),
          "choose a directory that can be written",
          e);
    }
  }

  /** The directory that this was opened with. */
  public Path path() {
    return path;
  }

  /** Where Kafka puts topics and metadata. */
  public Path logDirectory() {
    return path.resolve(KAFKA);
  }

  /** Lets go of the lock and deletes what is temporary. Call it after the broker has stopped. */
  @Override
  public void close() throws IOException {
    lockFile.close();
    if (temporary) {
      delete(path);
    }
  }

  private void formatOnFirstUse(Quorum node) throws IOException {
    if (Files.exists(logDirectory().resolve("meta.properties"))) {
      return;
    }
    try {
      format(node);
    } catch (Exception e) { // what Kafka's formatter declares
      close();
      throw new IOException("formatting failed: " + e.getMessage(), e);
    }
  }

  private void format(Quorum node) throws Exception {
    Files.createDirectories(logDirectory());
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .setNodeId(node.node())
        .setClusterId(node.clusterId())
        .setDirectories(List.of(logDirectory().toString()))
        .setMetadataLogDirectory(logDirectory().toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .run();
  }

  /** Somebody's home directory is not a place to format. */
  private static Path ours(Path path) throws IOException {
    Path directory = Files.createDirectories(path.toAbsolutePath().normalize());
    try (Stream<Path> entries = Files.list(directory)) {
      if (!Files.exists(directory.resolve(LOCK_FILE)) && entries.findAny().isPresent()) {
        throw new EmbeddedKafkaException(
            "the data directory holds other files and no Kafka data",
            directory.toString(),
            "choose an empty or a new directory",
            null);
      }
    }
    return directory;
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel file =
        FileChannel.open(
            directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(file)) {
      return file;
    }
    file.close();
    throw new EmbeddedKafkaException(
        "the data directory is in use by another broker",
        directory.toString(),
        "stop the other one or choose another directory",
        null);
  }

  private static boolean tryLock(FileChannel file) throws IOException {
    try {
      @Nullable FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) { // held in this very JVM
      return false;
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
