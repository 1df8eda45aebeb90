package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.topology.reference.Reference.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A pipeline's stream on Kafka: what was sent, and all answers that a read_committed reader has seen. One thread sends, another sees. */
final class KafkaStream {
  static final int PARTITIONS = 4;

  private static final String NUMBER = "number";

  private final Definition definition;
  private final Supplier<Sent> records;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Seen> seen = new ArrayList<>();
  private final int[] latest = new int[PARTITIONS];

  /** An answer as it stands in the sink or the dead-letter topic. */
  record Seen(int number, String topic, byte[] key, long timestamp, Answer answer) {}

  /**
   * A stream that has sent nothing yet.
   *
   * @param records numbered from 0
   */
  KafkaStream(Definition definition, Supplier<Sent> records) {
    this.definition = definition;
    this.records = records;
    Arrays.fill(latest, -1);
  }

  Definition definition() {
    return definition;
  }

  /** The topics of answers. */
  List<String> topics() {
    return List.of(definition.name() + "-out", definition.name() + "-bad");
  }

  /** Sends the next record. A failure to send comes out of the producer's next call, or of its flush's futures: it tries for ten minutes. */
  synchronized void send(KafkaProducer<byte[], byte[]> producer, Runnable failed) {
    var next = records.get();
    sent.add(next);
    var record = new ProducerRecord<>(definition.name(), partition(next), next.timestamp(), next.keyBytes(), next.valueBytes());
    record.headers().add(NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(next.number()).array());
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failed.run();
          }
        });
  }

  /** Takes an answer from one of the topics. */
  synchronized void see(ConsumerRecord<byte[], byte[]> record) {
    int number = ByteBuffer.wrap(record.headers().lastHeader(NUMBER).value()).getInt();
    var reason = record.headers().lastHeader("yapok.reject.reason");
    boolean duplicate = record.headers().lastHeader(Answer.DUPLICATE) != null;
    var answer = reason == null ? new Answer(null, record.value(), duplicate) : new Answer(new String(reason.value(), UTF_8), null, false);
    seen.add(new Seen(number, record.topic(), record.key(), record.timestamp(), answer));
    int partition = partition(sent.get(number));
    latest[partition] = Math.max(latest[partition], number);
    notifyAll();
  }

  /** Waits until an answer has been seen, from each partition of the source, to a record that is sent from now on. */
  synchronized void awaitFlow(long untilNanos) throws InterruptedException {
    int from = sent.size();
    while (Arrays.stream(latest).min().orElseThrow() < from) {
      await(untilNanos, "answers flow from all partitions");
    }
  }

  /** Waits until each record has an answer, or nothing more is seen. */
  synchronized void awaitAll(long untilNanos) throws InterruptedException {
    while (seen.stream().mapToInt(Seen::number).distinct().count() < sent.size()) {
      await(untilNanos, "each record has an answer");
    }
  }

  private void await(long untilNanos, String what) throws InterruptedException {
    long left = (untilNanos - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new AssertionError(definition.name() + ": it is not so that " + what + "; " + sent.size() + " records, " + seen.size() + " answers, latest " + Arrays.toString(latest));
    }
    wait(left);
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  synchronized List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** A key's records are all in one. */
  private static int partition(Sent record) {
    return record.key() == null ? record.number() % PARTITIONS : Math.floorMod(record.key().hashCode(), PARTITIONS);
  }

  /** What a reference says to answers. */
  record Verdict(int in, int out, int rejected, long lost, long duplicated, long mismatched, long outOfOrder, List<String> examples) {
    private static final int MOST_EXAMPLES = 5;

    boolean isClean() {
      return lost == 0 && duplicated == 0 && mismatched == 0 && outOfOrder == 0 && in == out + rejected;
    }

    static Verdict of(Reference reference, List<Sent> sent, List<Seen> seen) {
      var first = new HashMap<Integer, Seen>();
      seen.forEach(each -> first.putIfAbsent(each.number(), each));
      long mismatched = 0;
      var examples = new ArrayList<String>();
      for (var record : sent) {
        var expected = reference.next(record);
        var answer = first.get(record.number());
        var wrong = answer == null ? Optional.<String>empty() : isKept(record, answer) ? expected.mismatch(answer.answer()) : Optional.of("another key or timestamp");
        if (wrong.isPresent()) {
          mismatched++;
          if (examples.size() < MOST_EXAMPLES) {
            examples.add(record + ": " + wrong.get());
          }
        }
      }
      int rejected = (int) seen.stream().filter(each -> each.answer().reason() != null).count();
      return new Verdict(sent.size(), seen.size() - rejected, rejected, sent.size() - first.size(), seen.size() - first.size(), mismatched, outOfOrder(seen), examples);
    }

    private static boolean isKept(Sent record, Seen seen) {
      return record.timestamp() == seen.timestamp() && Arrays.equals(record.keyBytes(), seen.key());
    }

    /** A key's answers in one topic are in the order of its records. */
    private static long outOfOrder(List<Seen> seen) {
      Map<List<String>, Integer> last = new HashMap<>();
      long wrong = 0;
      for (var each : seen) {
        if (each.key() != null) {
          var before = last.put(List.of(each.topic(), new String(each.key(), UTF_8)), each.number());
          wrong += before != null && before >= each.number() ? 1 : 0;
        }
      }
      return wrong;
    }
  }
}
