package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka Streams with the model inside a processor: one run a record, over buffers and tensors that are kept. Under exactly_once_v2, with one thread. */
final class StreamsPerRecord {
  private StreamsPerRecord() {}

  public static void main(String[] arguments) throws InterruptedException, IOException, OrtException {
    Assignment assignment = Assignment.parse(arguments);
    try (Scorer scorer = Scorer.of(assignment)) {
      StreamsBuilder builder = new StreamsBuilder();
      builder
          .stream(assignment.source(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
          .process(() -> new Scoring(scorer)) // one thread runs all tasks, so they share the scorer
          .to(assignment.sink(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
      try (Stop stop = new Stop();
          KafkaStreams streams = new KafkaStreams(builder.build(), StreamsPassthrough.settings(assignment))) {
        streams.start();
        stop.await();
      }
    }
  }

  private static final class Scoring extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final Scorer scorer;
    private final Header[] headers;
    private final byte[][] value = new byte[1][];
    private final byte[][] result = new byte[1][];

    Scoring(Scorer scorer) {
      this.scorer = scorer;
      this.headers = scorer.headers().toArray(Header[]::new);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      value[0] = record.value();
      try {
        scorer.score(value, 1, result);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      context().forward(new Record<>(record.key(), result[0], record.timestamp(), new RecordHeaders(headers)));
    }
  }
}
