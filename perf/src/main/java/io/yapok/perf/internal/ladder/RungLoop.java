package io.yapok.perf.internal.ladder;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.LoopClients;
import io.yapok.perf.internal.contestant.Stop;
import io.yapok.schemas.PipelineDocument;
import io.yapok.topology.ClientHooks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A plain consumer and a transactional producer with as much of the engine between them as a rung has, in a process of its own. It handles no failure. Everything
 * happens on the main thread.
 */
public final class RungLoop {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Rung rung;
  private final Assignment assignment;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Stages stages;
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private List<ProducerRecord<byte[], byte[]>> results = new ArrayList<>();
  private long lastCommit = System.nanoTime();

  private RungLoop(Rung rung, Assignment assignment, KafkaConsumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, Stages stages) {
    this.rung = rung;
    this.assignment = assignment;
    this.consumer = consumer;
    this.producer = producer;
    this.stages = stages;
  }

  /** Its main class and arguments. */
  public static List<String> command(Rung rung, Assignment assignment) {
    List<String> command = new ArrayList<>(List.of(RungLoop.class.getName(), rung.name()));
    command.addAll(assignment.arguments());
    return command;
  }

  public static void main(String[] arguments) throws IOException {
    Rung rung = Rung.named(arguments[0]).orElseThrow();
    Assignment assignment = Assignment.parse(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
    Map<String, Object> folding =
        rung.has(Rung.FOLD) ? ClientHooks.foldingConsumer(Set.of(assignment.source()), PipelineDocument.BatchLimits.DEFAULT) : Map.of();
    try (Stop stop = new Stop();
        KafkaConsumer<byte[], byte[]> consumer = LoopClients.consumer(assignment, folding);
        Producer<byte[], byte[]> plain = LoopClients.producer(assignment);
        Producer<byte[], byte[]> producer = rung.has(Rung.UNFOLD) ? ClientHooks.unfolding(plain) : plain;
        Stages stages = Stages.open(rung, assignment)) {
      new RungLoop(rung, assignment, consumer, producer, stages).run(stop);
    }
  }

  private void run(Stop stop) {
    consumer.subscribe(List.of(assignment.source()));
    producer.initTransactions();
    while (!stop.isAsked()) {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
      if (!polled.isEmpty()) {
        if (done.isEmpty()) {
          producer.beginTransaction();
        }
        polled.partitions().forEach(partition -> takeAll(polled.records(partition)));
        done.putAll(polled.nextOffsets());
      }
      if (!done.isEmpty() && System.nanoTime() - lastCommit >= assignment.commitIntervalMillis() * 1_000_000) {
        commit();
      }
    }
  }

  private void takeAll(List<ConsumerRecord<byte[], byte[]>> records) {
    if (rung.has(Rung.FOLD)) {
      records.forEach(folded -> take(ClientHooks.unwrap(folded)));
    } else {
      take(records);
    }
  }

  private void take(List<ConsumerRecord<byte[], byte[]>> batch) {
    int next = 0;
    while (next < batch.size()) {
      int from = next;
      next = stages.run(batch, from);
      for (int i = from; i < next; i++) {
        give(batch.get(i), stages.value(i - from), stages.headers(i - from));
      }
      deliver();
    }
  }

  private void give(ConsumerRecord<byte[], byte[]> record, byte[] value, RecordHeaders headers) {
    ProducerRecord<byte[], byte[]> result = new ProducerRecord<>(assignment.sink(), record.partition(), record.timestamp(), record.key(), value, headers);
    if (rung.has(Rung.UNFOLD)) {
      results.add(result);
    } else {
      Future<RecordMetadata> _ = producer.send(result); // a send that fails makes the commit throw
    }
  }

  private void deliver() {
    if (!results.isEmpty()) {
      Future<RecordMetadata> _ = producer.send(ClientHooks.wrap(assignment.sink(), results)); // a send that fails makes the commit throw
      results = new ArrayList<>(results.size());
    }
  }

  private void commit() {
    producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
    producer.commitTransaction();
    done.clear();
    lastCommit = System.nanoTime();
  }
}
