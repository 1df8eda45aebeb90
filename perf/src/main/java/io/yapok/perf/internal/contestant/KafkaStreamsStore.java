package io.yapok.perf.internal.contestant;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Streams with a persistent key-value store and its changelog: one get, one put and one run of the model a record, over buffers and tensors that are kept, under
 * exactly_once_v2 with one thread. With {@link #CACHE} as a ninth argument the store has Kafka Streams' record cache, which spares puts of keys that come again
 * before a commit.
 */
final class KafkaStreamsStore {
  static final String CACHE = "cache";

  private static final String STORE = "profiles";

  private KafkaStreamsStore() {}

  public static void main(String[] arguments) throws InterruptedException, IOException, OrtException {
    boolean cached = CACHE.equals(arguments[arguments.length - 1]);
    Assignment assignment = Assignment.parse(cached ? Arrays.copyOf(arguments, arguments.length - 1) : arguments);
    try (ProfileScorer scorer = ProfileScorer.of(assignment)) {
      StreamsBuilder builder = new StreamsBuilder();
      builder
          .stream(assignment.source(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
          .process(new Supplier(scorer, cached))
          .to(assignment.sink(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
      try (Stop stop = new Stop();
          KafkaStreams streams = new KafkaStreams(builder.build(), StreamsPassthrough.settings(assignment))) {
        streams.start();
        stop.await();
      }
    }
  }

  /** Gives all tasks the one scorer: one thread runs them. */
  private record Supplier(ProfileScorer scorer, boolean cached) implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
    @Override
    public Scoring get() {
      return new Scoring(scorer);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      if (!scorer.remembers()) {
        return Set.of();
      }
      StoreBuilder<KeyValueStore<byte[], byte[]>> store = Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray());
      return Set.of(cached ? store.withCachingEnabled() : store);
    }
  }

  private static final class Scoring extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final ProfileScorer scorer;
    private final Header[] headers;
    private @Nullable KeyValueStore<byte[], byte[]> store;

    Scoring(ProfileScorer scorer) {
      this.scorer = scorer;
      this.headers = scorer.headers().toArray(Header[]::new);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      super.init(context);
      store = scorer.remembers() ? context.getStateStore(STORE) : null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      byte[] memory = store == null ? null : store.get(record.key());
      memory = scorer.place(0, record.value(), record.timestamp(), memory);
      if (store != null) {
        store.put(record.key(), memory);
      }
      try {
        scorer.run(1);
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
      context().forward(new Record<>(record.key(), scorer.result(0), record.timestamp(), new RecordHeaders(headers)));
    }
  }
}
