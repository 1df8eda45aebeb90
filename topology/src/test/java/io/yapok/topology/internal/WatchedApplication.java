package io.yapok.topology.internal;

import io.yapok.topology.StreamOptions;
import io.yapok.topology.TestPipelines;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** An application as {@code Yapok.stream} makes it, but with a producer that is watched and a configuration that tests may change before {@link #start}. */
final class WatchedApplication {
  final Engine engine;
  final Map<String, Object> config;
  final ProducerWatch watch = new ProducerWatch();
  private final String name;

  /** The pipeline of this name, whose batches take at least so long; {@code more} are further lines of its document. */
  WatchedApplication(String name, StreamOptions options, Map<String, ?> kafka, String more, Duration batchTime) {
    var yaml = TestPipelines.yaml(name, name + "-out", name + "-bad") + more;
    this.name = name;
    this.engine = new Engine(TestPipelines.slow(yaml, batchTime));
    var settings = new Settings(engine.pipeline().document(), kafka, options);
    this.config = settings.build(engine.folding(new Wiring(engine, name).foldedTopics()), engine.pace(), OptionalInt.empty());
  }

  KafkaStreams start() {
    return start(
        new DefaultKafkaClientSupplier() {
          @Override
          public Producer<byte[], byte[]> getProducer(Map<String, Object> producerConfig) {
            return watch.over(engine.clients().getProducer(producerConfig));
          }
        });
  }

  KafkaStreams start(KafkaClientSupplier clients) {
    var streams = new KafkaStreams(new Wiring(engine, name).topology(), new StreamsConfig(config), clients);
    streams.start();
    return streams;
  }
}
