package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.TestPipelines;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * An instance in a JVM of its own, with batches waiting most of the time, to be killed: {@code BOOTSTRAP NAME STATE-DIRECTORY [broken]}. A broken one commits past batches that wait, so that the checker
 * of {@link KillIT} has something to find.
 */
public final class KillableInstance {
  private KillableInstance() {}

  public static void main(String[] arguments) throws Exception {
    var name = arguments[1];
    var yaml = TestPipelines.yaml(name, name + "-out", name + "-bad") + "batch: {records: 100}\n";
    var options = StreamOptions.of(arguments[0], name).withStateDirectory(Path.of(arguments[2]));
    var settings = new Settings(PipelineDocument.parse(yaml, "killed.yaml"), Map.of("session.timeout.ms", "6000", "max.poll.records", "1000"), options);
    var engine = new Engine(TestPipelines.slow(yaml, Duration.ofMillis(4)));
    var wiring = new Wiring(engine, name);
    var config = settings.build(engine.folding(wiring.foldedTopics()), engine.pace(), OptionalInt.empty());
    if (arguments.length > 3) {
      config.put(StreamsConfig.MAIN_CONSUMER_PREFIX + ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, BrokenInterceptor.class.getName());
    }
    try (var streams = new KafkaStreams(wiring.topology(), new StreamsConfig(config), engine.clients())) {
      streams.start();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Gives each folded record the offset of its last record instead of its first. */
  public static final class BrokenInterceptor extends FoldingInterceptor {
    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      var folded = super.onConsume(records);
      var broken = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
      for (var partition : folded.partitions()) {
        broken.put(partition, folded.records(partition).stream().map(BrokenInterceptor::withLastOffset).toList());
      }
      return new ConsumerRecords<>(broken, folded.nextOffsets());
    }

    private static ConsumerRecord<byte[], byte[]> withLastOffset(ConsumerRecord<byte[], byte[]> folded) {
      var header = (ParcelHeader) folded.headers().lastHeader(ParcelHeader.KEY);
      long last = ((Parcel.IncomingBatch) header.parcel()).records().getLast().offset();
      return new ConsumerRecord<>(
          folded.topic(), folded.partition(), last, folded.timestamp(), folded.timestampType(), folded.serializedKeySize(), folded.serializedValueSize(), folded.key(), folded.value(), folded.headers(), folded.leaderEpoch());
    }
  }
}
