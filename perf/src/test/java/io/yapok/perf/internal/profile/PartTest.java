package io.yapok.perf.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.clients.producer.KafkaProducer.send, SEND",
    "org.apache.kafka.clients.producer.KafkaProducer.flush, OTHER",
    "org.apache.kafka.clients.producer.internals.Sender.runOnce, SENDER",
    "org.apache.kafka.streams.processor.internals.StreamsProducer.commitTransaction, COMMIT",
    "org.apache.kafka.streams.processor.internals.StreamThread.run, STREAMS",
    "org.apache.kafka.clients.consumer.KafkaConsumer.poll, POLL",
    "ai.onnxruntime.OrtSession.run, MODEL",
    "io.yapok.topology.internal.PipelineProcessor.process, YAPOK",
    "java.util.HashMap.putVal, OTHER"
  })
  void shouldKnowWhoseAMethodIsByItsName(String method, Part part) {
    assertThat(Part.named(method)).isEqualTo(part);
  }
}
