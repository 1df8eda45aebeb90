package io.yapok.app.internal.rejects;

import io.yapok.app.internal.cluster.CommittedRecords;
import io.yapok.app.internal.cluster.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Which dead letters were replayed: a compacted topic that is written in the same transactions as the replayed records. So a replay that is repeated, after a crash too,
 * replays nothing twice. Keys are {@code TOPIC_ID/PARTITION:OFFSET}; the id is that of the dead-letter topic, since one that is made anew begins its offsets anew.
 */
final class ReplayLedger {
  private static final String SUFFIX = "-replayed";

  private final String topic;
  private final String prefix;

  /** The ledger of an application, as to one dead-letter topic. */
  ReplayLedger(String applicationId, Uuid deadLetterTopic) {
    this.topic = applicationId + SUFFIX;
    this.prefix = deadLetterTopic + "/";
  }

  String topic() {
    return topic;
  }

  /** The replayed ones' places in the dead-letter topic; none if nothing was ever replayed. */
  Set<RecordPlace> read(Topics topics, CommittedRecords records) throws InterruptedException {
    Set<RecordPlace> replayed = new HashSet<>();
    if (topics.describe(topic).isPresent()) {
      Map<TopicPartition, Long> end = records.ends(List.of(new TopicPartition(topic, 0)));
      records.forEach(
          end,
          record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            if (key.startsWith(prefix)) {
              RecordPlace.parse(key.substring(prefix.length())).ifPresent(replayed::add);
            }
          });
    }
    return replayed;
  }

  /** What to write about one that is replayed. */
  ProducerRecord<byte[], byte[]> entry(RecordPlace place) {
    byte[] key = (prefix + place).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, 0, key, "replayed".getBytes(StandardCharsets.UTF_8));
  }
}
