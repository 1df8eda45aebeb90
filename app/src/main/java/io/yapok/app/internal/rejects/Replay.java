package io.yapok.app.internal.rejects;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.cluster.CommittedRecords;
import io.yapok.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records that were rejected to their source topic again, each in one transaction with its entry in the ledger. Another replay of the same application that was at
 * work is fenced when this one is made. For one thread; its owner closes it, and what was not committed is then aborted.
 */
final class Replay implements AutoCloseable {
  private static final int RECORDS_A_TRANSACTION = 1_000;
  private static final long BYTES_A_TRANSACTION = 16L << 20;

  /** A record that the source topic took once may be larger than a producer sends by default. */
  private static final int LARGEST_RECORD = 64 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final String cluster;
  private final String source;
  private final int partitions;
  private final ReplayLedger ledger;
  private boolean open;
  private int records;
  private long bytes;

  Replay(Map<String, Object> client, String applicationId, String source, int partitions, ReplayLedger ledger) {
    this.cluster = String.valueOf(client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG));
    this.source = source;
    this.partitions = partitions;
    this.ledger = ledger;
    Map<String, Object> settings = new HashMap<>(client);
    settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    settings.putIfAbsent(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * LARGEST_RECORD);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, applicationId + "-replay");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close();
      throw failed(e);
    }
  }

  /** What became of a letter. */
  enum Outcome {
    SENT,
    /** Its record was replayed as often as allowed, and rejected each time. */
    TOO_OFTEN,
    /** It only points to its record, and that is no longer there. */
    GONE
  }

  /**
   * Sends the record that a letter is about.
   *
   * @param origins where records are looked up that the letter only points to
   * @param mostReplays how often a record may be replayed
   */
  Outcome send(DeadLetter letter, CommittedRecords origins, int mostReplays) {
    if (!letter.isPointer()) {
      return send(letter, letter.record(), DeadLetterHeaders.original(letter.record().headers()), mostReplays);
    }
    return letter
        .origin()
        .filter(_ -> letter.originTopic().equals(source)) // anyone who may write dead letters could name another topic
        .flatMap(place -> origins.find(new TopicPartition(source, place.partition()), place.offset()))
        .map(original -> send(letter, original, new RecordHeaders(original.headers()), mostReplays))
        .orElse(Outcome.GONE);
  }

  private Outcome send(DeadLetter letter, ConsumerRecord<byte[], byte[]> original, RecordHeaders headers, int mostReplays) {
    int replays = DeadLetter.replays(headers);
    if (replays >= mostReplays) {
      return Outcome.TOO_OFTEN;
    }
    headers.remove(DeadLetter.REPLAYS).remove(DeadLetter.REPLAY_OF);
    headers.add(DeadLetter.REPLAYS, text(Integer.toString(replays + 1)));
    headers.add(DeadLetter.REPLAY_OF, text(letter.place().toString()));
    Integer partition = letter.origin().map(RecordPlace::partition).filter(number -> number < partitions).orElse(null);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(source, partition, Math.max(0, original.timestamp()), original.key(), original.value(), headers);
    try {
      if (!open) {
        producer.beginTransaction();
        open = true;
      }
      var _ = producer.send(record); // one that fails fails the commit
      var _ = producer.send(ledger.entry(letter.place()));
    } catch (KafkaException e) {
      throw failed(e);
    }
    bytes += original.value() == null ? 0 : original.value().length;
    if (++records >= RECORDS_A_TRANSACTION || bytes >= BYTES_A_TRANSACTION) {
      commit();
    }
    return Outcome.SENT;
  }

  /** Commits what was sent. */
  void commit() {
    if (open) {
      try {
        producer.commitTransaction();
      } catch (KafkaException e) {
        throw failed(e);
      }
      open = false;
      records = 0;
      bytes = 0;
    }
  }

  @Override
  public void close() {
    producer.close();
  }

  private EnvironmentException failed(KafkaException e) {
    return new EnvironmentException(
        "the replay did not go on (" + e.getMessage() + "); what was not committed is taken back", cluster, "see what the cluster says, and start it again: nothing is replayed twice", e);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
