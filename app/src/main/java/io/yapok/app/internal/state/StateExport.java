package io.yapok.app.internal.state;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.cluster.CommittedRecords;
import io.yapok.app.internal.cluster.Topics;
import io.yapok.state.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/**
 * Writes what an application remembers as lines of JSON, one a key: what is committed in its changelog when this begins, whether instances run or not. Each partition is read twice, so that of
 * a key's many records only the last is written and memory is taken for a hash of each key alone. For one thread.
 */
public final class StateExport {
  private static final int ROUND = 100_000;

  private final CommittedRecords records;
  private final KeyFormat format;
  private final Writer out;
  private final Consumer<String> progress;
  private final StateCodec codec = new StateCodec();
  private long written;

  private StateExport(CommittedRecords records, KeyFormat format, Writer out, Consumer<String> progress) {
    this.records = records;
    this.format = format;
    this.out = out;
    this.progress = progress;
  }

  /**
   * Writes all of it.
   *
   * @param client settings of Kafka's clients
   * @param changelog the topic
   * @return how many lines
   * @throws EnvironmentException if the cluster does not answer or has no such topic
   * @throws UncheckedIOException if writing fails
   */
  public static long write(Map<String, Object> client, String changelog, KeyFormat format, Writer out, Consumer<String> progress) throws InterruptedException {
    List<TopicPartition> partitions;
    try (Topics topics = new Topics(client)) {
      partitions =
          topics
              .describe(changelog)
              .orElseThrow(
                  () ->
                      new EnvironmentException(
                          "there is no topic " + changelog, String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)), "check the pipeline, --application-id and the address: it is there once the pipeline has run"))
              .partitions()
              .stream()
              .map(info -> new TopicPartition(changelog, info.partition()))
              .toList();
    }
    try (CommittedRecords records = new CommittedRecords(client)) {
      StateExport export = new StateExport(records, format, out, progress);
      Map<TopicPartition, Long> ends = records.ends(partitions);
      for (TopicPartition partition : partitions) {
        export.write(partition, ends.getOrDefault(partition, 0L), partitions.size());
      }
      return export.written;
    }
  }

  private void write(TopicPartition partition, long end, int partitions) {
    LastOffsets last = new LastOffsets();
    Map<Bytes, byte[]> reserved = new LinkedHashMap<>();
    Map<TopicPartition, Long> ends = Map.of(partition, end);
    records.forEach(
        ends,
        record -> {
          if (!StateCodec.isReserved(record.key())) {
            last.put(record.key(), record.offset());
          } else if (record.value() == null) {
            reserved.remove(Bytes.wrap(record.key()));
          } else {
            reserved.put(Bytes.wrap(record.key()), record.value());
          }
        });
    reserved.forEach(
        (key, value) -> {
          codec.learn(key.get(), value);
          write(new StateLine(key.get(), value, partition.partition(), partitions));
        });
    records.forEach(ends, record -> writeLast(record, last, partitions));
  }

  private void writeLast(ConsumerRecord<byte[], byte[]> record, LastOffsets last, int partitions) {
    if (record.value() != null && !StateCodec.isReserved(record.key()) && last.isLast(record.key(), record.offset())) {
      write(new StateLine(record.key(), record.value(), record.partition(), partitions));
    }
  }

  private void write(StateLine line) {
    try {
      out.write(line.json(codec, format));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (++written % ROUND == 0) {
      progress.accept(String.format(Locale.ROOT, "%,d written", written));
    }
  }
}
