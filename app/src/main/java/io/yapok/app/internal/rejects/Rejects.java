package io.yapok.app.internal.rejects;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.cluster.CommittedRecords;
import io.yapok.app.internal.cluster.Topics;
import io.yapok.schemas.RejectFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * A dead-letter topic as far as it is committed now: what is rejected while one looks, or by a replay, is not seen. For one thread; its owner closes it.
 */
public final class Rejects implements AutoCloseable {
  /** Long work says how far it is after so many. */
  private static final int ROUND = 100_000;

  private final Map<String, Object> client;
  private final String applicationId;
  private final String topic;
  private final Topics topics;
  private final CommittedRecords records;
  private final Map<TopicPartition, Long> ends;
  private final ReplayLedger ledger;
  private final Set<RecordPlace> replayed;

  private Rejects(Map<String, Object> client, String topic, String applicationId, Topics topics, CommittedRecords records) throws InterruptedException {
    this.client = Map.copyOf(client);
    this.topic = topic;
    this.applicationId = applicationId;
    this.topics = topics;
    this.records = records;
    TopicDescription description = topics.describe(topic).orElseThrow(() -> noTopic(topic));
    ends = Map.copyOf(records.ends(description.partitions().stream().map(info -> new TopicPartition(topic, info.partition())).toList()));
    ledger = new ReplayLedger(applicationId, description.topicId());
    replayed = ledger.read(topics, records);
  }

  /**
   * Looks at a topic.
   *
   * @param client settings of Kafka's clients
   * @param applicationId whose replays are remembered together
   * @throws EnvironmentException if the cluster does not answer or has no such topic
   */
  public static Rejects open(Map<String, Object> client, String topic, String applicationId) throws InterruptedException {
    Topics topics = new Topics(client);
    CommittedRecords records = new CommittedRecords(client);
    try {
      return new Rejects(client, topic, applicationId, topics, records);
    } catch (InterruptedException | RuntimeException e) {
      topics.close();
      records.close();
      throw e;
    }
  }

  /** The rejects that a filter lets through, counted by kind. */
  public List<RejectGroup> groups(Predicate<DeadLetter> filter) {
    RejectGroups groups = new RejectGroups();
    forEach(filter, letter -> groups.add(letter, replayed.contains(letter.place())));
    return groups.largestFirst();
  }

  /** One reject; empty if the topic has none there (any more). */
  public Optional<DeadLetter> find(RecordPlace place) {
    return records.find(new TopicPartition(topic, place.partition()), place.offset()).map(DeadLetter::of);
  }

  /** Whether it was replayed since it was rejected. */
  public boolean wasReplayed(RecordPlace place) {
    return replayed.contains(place);
  }

  /**
   * Writes the rejects that a filter lets through into a file, in their order within a partition.
   *
   * @return how many
   * @throws UncheckedIOException if writing fails
   */
  public long export(Predicate<DeadLetter> filter, RejectFile file, Consumer<String> progress) {
    long[] written = {0};
    forEach(
        filter,
        letter -> {
          try {
            file.append(letter.toRecord(replayed.contains(letter.place())));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          if (++written[0] % ROUND == 0) {
            progress.accept("%,d written".formatted(written[0]));
          }
        });
    return written[0];
  }

  /**
   * Sends what was rejected to its source topic again: key, value, headers and timestamp as they were, into the partition where it was, in the order of the rejects,
   * and none twice however often this is done.
   *
   * @param source the source topic
   * @param mostReplays a record that was replayed so often already, and rejected each time, is left
   */
  public ReplayReport replay(String source, Predicate<DeadLetter> filter, int mostReplays, Consumer<String> progress) throws InterruptedException {
    topics.createCompacted(ledger.topic(), 1);
    int partitions = topics.describe(source).orElseThrow(() -> noTopic(source)).partitions().size();
    try (Replay replay = new Replay(client, applicationId, source, partitions, ledger)) {
      replayed.addAll(ledger.read(topics, records)); // again: nobody else replays from here on
      try (CommittedRecords origins = new CommittedRecords(client)) {
        Tally tally = new Tally();
        forEach(
            filter,
            letter -> {
              if (replayed.contains(letter.place())) {
                tally.already++;
              } else {
                tally.add(replay.send(letter, origins, mostReplays));
              }
              if (tally.isRound()) {
                progress.accept("%,d replayed".formatted(tally.sent));
              }
            });
        replay.commit();
        return new ReplayReport(tally.sent, tally.already, tally.tooOften, tally.gone);
      }
    }
  }

  /** What became of the letters looked at so far. */
  private static final class Tally {
    private long sent;
    private long already;
    private long tooOften;
    private long gone;

    void add(Replay.Outcome outcome) {
      switch (outcome) {
        case SENT -> sent++;
        case TOO_OFTEN -> tooOften++;
        case GONE -> gone++;
      }
    }

    boolean isRound() {
      return (sent + already + tooOften + gone) % ROUND == 0;
    }
  }

  @Override
  public void close() {
    try (topics;
        records) {
      // closed in the end, both
    }
  }

  private void forEach(Predicate<DeadLetter> filter, Consumer<DeadLetter> reader) {
    records.forEach(
        ends,
        record -> {
          DeadLetter letter = DeadLetter.of(record);
          if (filter.test(letter)) {
            reader.accept(letter);
          }
        });
  }

  private EnvironmentException noTopic(String name) {
    return new EnvironmentException("there is no topic " + name, String.valueOf(client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)), "check the pipeline document and the address");
  }
}
