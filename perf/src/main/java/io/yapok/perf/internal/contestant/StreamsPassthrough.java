package io.yapok.perf.internal.contestant;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** Kafka Streams without a model: each record's value goes to the sink as it came, on one thread. */
final class StreamsPassthrough {
  private StreamsPassthrough() {}

  public static void main(String[] arguments) throws InterruptedException {
    Assignment assignment = Assignment.parse(arguments);
    StreamsBuilder builder = new StreamsBuilder();
    builder
        .stream(assignment.source(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to(assignment.sink(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    try (Stop stop = new Stop();
        KafkaStreams streams = new KafkaStreams(builder.build(), settings(assignment))) {
      streams.start();
      stop.await();
    }
  }

  static Properties settings(Assignment assignment) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.bootstrapServers());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.group());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, assignment.directory().resolve("state").toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, assignment.delivery().documentName());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, assignment.commitIntervalMillis());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), ClientSettings.MAX_POLL_RECORDS);
    settings.put(StreamsConfig.producerPrefix(ClientSettings.LINGER), ClientSettings.LINGER_MS);
    settings.put(StreamsConfig.producerPrefix(ClientSettings.RETRY), ClientSettings.RETRY_MS);
    settings.put(StreamsConfig.producerPrefix(ClientSettings.BATCH), ClientSettings.BATCH_BYTES);
    return settings;
  }
}
