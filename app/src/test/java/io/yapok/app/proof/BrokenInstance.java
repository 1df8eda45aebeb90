package io.yapok.app.proof;

import io.yapok.topology.Pipeline;
import io.yapok.topology.StreamOptions;
import io.yapok.topology.internal.Engine;
import io.yapok.topology.internal.FoldingInterceptor;
import io.yapok.topology.internal.SendLimits;
import io.yapok.topology.internal.Settings;
import io.yapok.topology.internal.Wiring;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The engine with the fold's offset rule broken on purpose, so that the checker has something to find: {@code BOOTSTRAP PIPELINE STATE-DIRECTORY}. */
public final class BrokenInstance {
  private BrokenInstance() {}

  public static void main(String[] arguments) throws Exception {
    try (Pipeline pipeline = Pipeline.load(Path.of(arguments[1]))) {
      var name = pipeline.document().name().value();
      var options = StreamOptions.of(arguments[0], name).withThreads(2).withStateDirectory(Path.of(arguments[2]));
      var engine = new Engine(pipeline);
      engine.limitSends(new SendLimits(Workload.LARGEST_RESULT, 1 << 20, Workload.PARTITIONS));
      var wiring = new Wiring(engine, name);
      var config = new Settings(pipeline.document(), Map.of(), options).build(engine.folding(wiring.foldedTopics()), engine.pace(), OptionalInt.empty());
      config.put("main.consumer.interceptor.classes", LastOffsetInterceptor.class.getName());
      try (var streams = new KafkaStreams(wiring.topology(), new StreamsConfig(config), engine.clients())) {
        streams.start();
        System.in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** Gives each folded record the offset of its last record instead of its first: a commit while it waits in the queue passes over the others. */
  public static final class LastOffsetInterceptor extends FoldingInterceptor {
    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
      var folded = super.onConsume(polled);
      var broken = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
      for (var partition : folded.partitions()) {
        broken.put(partition, withLastOffsets(folded.records(partition), polled.records(partition).getLast().offset()));
      }
      return new ConsumerRecords<>(broken, folded.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> withLastOffsets(List<ConsumerRecord<byte[], byte[]>> folded, long lastOfAll) {
      var broken = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      for (int i = 0; i < folded.size(); i++) {
        broken.add(at(folded.get(i), i + 1 < folded.size() ? folded.get(i + 1).offset() - 1 : lastOfAll));
      }
      return broken;
    }

    private static ConsumerRecord<byte[], byte[]> at(ConsumerRecord<byte[], byte[]> record, long offset) {
      return new ConsumerRecord<>(
          record.topic(), record.partition(), offset, record.timestamp(), record.timestampType(), record.serializedKeySize(), record.serializedValueSize(), record.key(), record.value(), record.headers(), record.leaderEpoch());
    }
  }
}
