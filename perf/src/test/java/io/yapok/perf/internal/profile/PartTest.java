package io.yapok.perf.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartTest {
  private static final String PRODUCER = "org.apache.kafka.clients.producer.";
  private static final String UNFOLDING = "io.yapok.topology.internal.UnfoldingProducer.";
  private static final String STREAMS = "org.apache.kafka.streams.processor.internals.StreamsProducer.";

  @ParameterizedTest
  @CsvSource({
    "KafkaProducer.doSend KafkaProducer.send, UnfoldingProducer.sendEach, send, SEND",
    "TransactionManager.sendOffsets KafkaProducer.sendOffsetsToTransaction, UnfoldingProducer.sendOffsetsToTransaction, commitTransaction, COMMIT",
    "KafkaProducer.commitTransaction, UnfoldingProducer.commitTransaction, commitTransaction, COMMIT",
    "KafkaProducer.flush, UnfoldingProducer.flush, flush, COMMIT",
  })
  void shouldBelongToTheClientWhoeverCalledIt(String client, String ours, String streams, Part part) {
    var stack = Arrays.stream(client.split(" ")).map(PRODUCER::concat).toList();
    var callers = List.of(UNFOLDING + ours.replaceAll(".*\\.", ""), STREAMS + streams);
    assertThat(Part.ofMethods(Stream.concat(stack.stream(), callers.stream()))).isEqualTo(part);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.kafka.clients.producer.internals.Sender.run, SENDER",
    "org.apache.kafka.streams.processor.internals.StreamThread.run, STREAMS",
    "org.apache.kafka.clients.consumer.KafkaConsumer.poll, POLL",
    "ai.onnxruntime.OrtSession.run, MODEL",
    "io.yapok.topology.internal.PipelineProcessor.process, YAPOK",
    "io.yapok.perf.internal.contestant.ClientLoop.send, PEER",
    "java.util.HashMap.putVal, OTHER"
  })
  void shouldKnowWhoseAMethodIsByItsName(String method, Part part) {
    assertThat(Part.ofMethods(Stream.of(method))).isEqualTo(part);
  }
}
