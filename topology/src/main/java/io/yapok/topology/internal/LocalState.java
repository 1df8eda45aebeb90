package io.yapok.topology.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the state on this machine's disk belongs to the changelog that the cluster has now. Kafka Streams trusts the offsets beside its files: after a reset they would be read as
 * places in another topic, and what was forgotten or loaded there would not be seen. For one thread.
 */
public final class LocalState {
  private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);
  private static final Pattern TASK = Pattern.compile("\\d+_\\d+");
  private static final String MARKER = "changelog-id";

  /** An application that ends does not wait longer for a cluster that is away. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Path directory;
  private final String changelog;
  private final Map<String, Object> client;
  private final Duration patience;

  /**
   * Looks at nothing yet.
   *
   * @param directory where the application's tasks have their directories
   * @param changelog the topic that they are restored from
   * @param client what clients connect with
   * @param patience how long the cluster may take to answer
   */
  public LocalState(Path directory, String changelog, Map<String, Object> client, Duration patience) {
    this.directory = directory;
    this.changelog = changelog;
    this.client = new HashMap<>(client);
    this.patience = patience.compareTo(LONGEST) > 0 ? LONGEST : patience;
    int timeout = Math.toIntExact(this.patience.toMillis());
    this.client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    this.client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
  }

  /** Before the start: deletes state that is of another changelog, or that nobody can say of which, to be restored. Where the cluster does not say which it has, nothing is deleted. */
  public void prepare(Runnable delete) {
    if (!hasTasks()) {
      return;
    }
    Found found = find();
    if (found.known() && !found.id().equals(noted())) {
      LOG.warn("the state in {} is not known to be of the changelog {} that the cluster has now; it is deleted and restored", directory, changelog);
      delete.run();
      forget();
    }
    found.id().ifPresent(this::note);
  }

  /** Before the end: notes of which changelog the state is, which there was none of when the application first started. */
  public void settle() {
    if (hasTasks() && noted().isEmpty()) {
      find().id().ifPresent(this::note);
    }
  }

  /** What the cluster says: whether it says anything, and the topic's id if there is one. */
  private record Found(boolean known, Optional<String> id) {}

  private Found find() {
    Admin admin = Admin.create(client);
    try {
      TopicDescription topic = Objects.requireNonNull(admin.describeTopics(List.of(changelog)).topicNameValues().get(changelog)).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Found(true, Optional.of(topic.topicId().toString()));
    } catch (ExecutionException e) {
      return new Found(e.getCause() instanceof UnknownTopicOrPartitionException, Optional.empty());
    } catch (TimeoutException e) {
      return new Found(false, Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Found(false, Optional.empty());
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private boolean hasTasks() {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> TASK.matcher(file.getFileName().toString()).matches());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> noted() {
    try {
      Path marker = directory.resolve(MARKER);
      return Files.exists(marker) ? Optional.of(Files.readString(marker)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(directory.resolve(MARKER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(String id) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(MARKER), id);
    } catch (IOException e) {
      LOG.warn("which changelog the state in {} is of cannot be noted, so it is restored at the next start: {}", directory, e.toString());
    }
  }
}
