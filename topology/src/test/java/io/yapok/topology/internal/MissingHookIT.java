package io.yapok.topology.internal;

import static io.yapok.topology.TestPipelines.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.topology.KafkaTopics;
import io.yapok.topology.StreamOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client hook that is missing costs speed and no answer. */
class MissingHookIT {
  private static final String INTERCEPTORS = "main.consumer.interceptor.classes";

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path state;

  enum Missing {
    INTERCEPTOR,
    PRODUCER,
    BOTH,
    /** It is there and throws: Kafka logs that and goes on with what was polled. */
    INTERCEPTOR_THROWS
  }

  @ParameterizedTest
  @EnumSource(Missing.class)
  void shouldAnswerTheSameWhenAClientHookIsMissing(Missing missing) throws Exception {
    var name = "missing-" + missing.name().toLowerCase();
    topics.createFor(name, 2);
    topics.send(name, 2, numbers(600));
    var options = StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(state);
    var application = new WatchedApplication(name, options, Map.of(), "", Duration.ZERO);
    switch (missing) {
      case INTERCEPTOR, BOTH -> application.config.remove(INTERCEPTORS);
      case INTERCEPTOR_THROWS -> application.config.put(INTERCEPTORS, Throwing.class.getName());
      case PRODUCER -> {}
    }
    boolean plain = missing == Missing.PRODUCER || missing == Missing.BOTH;
    try (var streams = plain ? application.start(new DefaultKafkaClientSupplier()) : application.start()) {
      var out = topics.await(600, 2, name + "-out");

      assertThat(out).hasSize(600);
      assertThat(out)
          .allSatisfy(result -> assertThat(KafkaTopics.text(result.value())).contains("\"y\":" + 2.0 * Integer.parseInt(KafkaTopics.text(result.key()).substring(1)) + "}"));
      if (missing != Missing.PRODUCER) {
        assertThat(application.engine.counters().batches()).isEqualTo(600);
      }
    }
  }

  /** Ours, but it fails. */
  public static final class Throwing extends FoldingInterceptor {
    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      throw new IllegalStateException("broken");
    }
  }
}
