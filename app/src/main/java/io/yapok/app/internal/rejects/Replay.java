package io.yapok.app.internal.rejects;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.topology.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

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

  /**
   * Sends the record that a letter is about.
   *
   * @param origins where records are looked up that the letter only points to
   * @return false if it points to one that is no longer there
   */
  boolean send(DeadLetter letter, CommittedRecords origins) {
    ProducerRecord<byte[], byte[]> record;
    if (letter.isPointer()) {
      Optional<ConsumerRecord<byte[], byte[]>> original = letter.origin().filter(place -> letter.originTopic().equals(source)).flatMap(place -> origins.find(source, place));
      if (original.isEmpty()) {
        return false;
      }
      record = record(letter, original.get().key(), original.get().value(), new RecordHeaders(original.get().headers()));
    } else {
      record = record(letter, letter.record().key(), letter.record().value(), DeadLetterHeaders.original(letter.record().headers()));
    }
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
    bytes += record.value() == null ? 0 : record.value().length;
    if (++records >= RECORDS_A_TRANSACTION || bytes >= BYTES_A_TRANSACTION) {
      commit();
    }
    return true;
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

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value, RecordHeaders headers) {
    headers.remove(DeadLetter.REPLAYS).remove(DeadLetter.REPLAY_OF);
    headers.add(DeadLetter.REPLAYS, text(Integer.toString(letter.replays() + 1)));
    headers.add(DeadLetter.REPLAY_OF, text(letter.place().toString()));
    Integer partition = letter.origin().map(RecordPlace::partition).filter(number -> number < partitions).orElse(null);
    return new ProducerRecord<>(source, partition, Math.max(0, letter.record().timestamp()), key, value, headers);
  }

  private EnvironmentException failed(KafkaException e) {
    return new EnvironmentException(
        "the replay did not go on (" + e.getMessage() + "); what was not committed is taken back", cluster, "see what the cluster says, and start it again: nothing is replayed twice", e);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
