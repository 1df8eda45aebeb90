package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Feature.Aggregate;
import io.yapok.topology.reference.Feature.Window;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many keys, each with a record at the beginning and one at the end and some with more in between, while their pipeline gets a feature more. Record n follows from n alone. One thread sends, another sees.
 */
final class EvolvingKeys {
  static final int PARTITIONS = 4;

  private static final String NUMBER = "number";
  private static final int MOST_EXAMPLES = 5;
  private static final double FALLBACK = -7;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Definition OLD = definition(new Feature("seen", Aggregate.COUNT, null, Window.NONE, 0, 1, 0, 1, 0.5, 0, false, 0), new Feature("total", Aggregate.SUM, "x", Window.NONE, 0, 1, 0, 1, 0.5, 0, false, 0));
  private static final Definition ADDED = definition(new Feature("latest", Aggregate.LAST, "x", Window.NONE, 0, 1, 0, 1, 0.5, 0, false, FALLBACK));

  private final int keys;
  private final int between;
  private final long start;
  private final long[] seen;
  private final double[] total;
  private final double[] latest;
  private final BitSet answered = new BitSet();
  private final BitSet later = new BitSet();
  private final int[] newest = new int[PARTITIONS];
  private int sent;
  private int duplicates;

  /**
   * Nothing is sent yet.
   *
   * @param between how many records there may be between the first and the last of all keys, at most
   * @param start their first timestamp
   */
  EvolvingKeys(int keys, int between, long start) {
    this.keys = keys;
    this.between = between;
    this.start = start;
    int most = 2 * keys + between;
    this.seen = new long[most];
    this.total = new double[most];
    this.latest = new double[most];
  }

  static String before() {
    return OLD.yaml();
  }

  /** The document with a feature more. */
  static String after() {
    var features = new ArrayList<>(OLD.features());
    features.addAll(ADDED.features());
    return definition(features.toArray(Feature[]::new)).yaml();
  }

  private static Definition definition(Feature... features) {
    return new Definition("evolving", List.of(features), List.of(), Late.OWN_WINDOW, 0, null, false, false);
  }

  /** Sends as many records as there are keys, one of each. */
  void sendEach(Consumer<ProducerRecord<byte[], byte[]>> producer) {
    for (int key = 0; key < keys; key++) {
      producer.accept(next(key));
    }
  }

  /** The next record of any key; of none after so many as there may be. */
  @Nullable ProducerRecord<byte[], byte[]> between() {
    return sent() == keys + between ? null : next(keyBetween(sent()));
  }

  private int keyBetween(int number) {
    return new SplittableRandom(number).nextInt(keys);
  }

  private synchronized ProducerRecord<byte[], byte[]> next(int key) {
    int number = sent++;
    var value = "{\"d\":1,\"n\":0,\"w\":\"\",\"x\":" + x(number) + "}";
    var record = new ProducerRecord<>(OLD.name(), key % PARTITIONS, start + number, ("k" + key).getBytes(UTF_8), value.getBytes(UTF_8));
    record.headers().add(NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    return record;
  }

  private static double x(int number) {
    return number % 1009 / 7.0;
  }

  /** Takes a result. */
  synchronized void see(ConsumerRecord<byte[], byte[]> record) {
    int number = ByteBuffer.wrap(record.headers().lastHeader(NUMBER).value()).getInt();
    duplicates += answered.get(number) ? 1 : 0;
    answered.set(number);
    JsonNode out = JSON.readTree(record.value()).get("out");
    seen[number] = out.get("seen").asLong();
    total[number] = out.get("total").asDouble();
    later.set(number, out.has("latest"));
    latest[number] = out.has("latest") ? out.get("latest").asDouble() : Double.NaN;
    int partition = Integer.parseInt(new String(record.key(), 1, record.key().length - 1, UTF_8)) % PARTITIONS;
    newest[partition] = Math.max(newest[partition], number);
    notifyAll();
  }

  synchronized int sent() {
    return sent;
  }

  /** Waits until all that is sent has been answered. */
  synchronized void awaitAll(long untilNanos) throws InterruptedException {
    while (answered.cardinality() < sent) {
      await(untilNanos);
    }
  }

  /** Waits until answers flow from all partitions to records sent from now on. */
  synchronized void awaitFlow(long untilNanos) throws InterruptedException {
    int from = sent;
    while (Arrays.stream(newest).min().orElseThrow() < from) {
      await(untilNanos);
    }
  }

  private void await(long untilNanos) throws InterruptedException {
    if (System.nanoTime() > untilNanos) {
      throw new AssertionError(answered.cardinality() + " of " + sent + " records are answered, and no more come in time");
    }
    wait(1000);
  }

  /**
   * What the reference says.
   *
   * @param restarted keys that had been shown the new feature's default as old keys of the new pipeline
   */
  record Verdict(int in, int lost, int duplicated, int mismatched, int restarted, List<String> examples) {}

  /** Compares each key's records with the reference; the added feature has seen only what the pipeline that has it has. */
  synchronized Verdict check() {
    var more = new HashMap<Integer, List<Integer>>();
    for (int number = keys; number < sent - keys; number++) {
      more.computeIfAbsent(keyBetween(number), key -> new ArrayList<>()).add(number);
    }
    var examples = new ArrayList<String>();
    int mismatched = 0;
    int restarted = 0;
    for (int key = 0; key < keys; key++) {
      var numbers = new ArrayList<>(List.of(key));
      numbers.addAll(more.getOrDefault(key, List.of()));
      numbers.add(sent - keys + key);
      var old = new ReferenceState(OLD, new EnumMap<>(Late.class));
      var added = new ReferenceState(ADDED, new EnumMap<>(Late.class));
      for (int number : numbers) {
        List<Map<String, Object>> rows = List.of(Map.of("x", x(number)));
        var expected = old.next(start + number, rows);
        boolean right = expected.get("seen").equals(Shown.number(seen[number])) && expected.get("total").equals(Shown.number(total[number]));
        if (later.get(number)) {
          right &= added.next(start + number, rows).get("latest").equals(Shown.number(latest[number]));
          restarted += latest[number] == FALLBACK ? 1 : 0;
        } else {
          added = new ReferenceState(ADDED, new EnumMap<>(Late.class));
          right &= number < sent - keys; // in the end all are shown it
        }
        if (!right && answered.get(number)) {
          mismatched++;
          if (examples.size() < MOST_EXAMPLES) {
            examples.add("key " + key + " number " + number + " of " + numbers + ": " + seen[number] + " " + total[number] + " " + latest[number] + " and not " + expected);
          }
        }
      }
    }
    return new Verdict(sent, sent - answered.cardinality(), duplicates, mismatched, restarted, examples);
  }
}
