package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of three tables and records that follow from a seed, and which row each record must be joined with: a map of all rows that were ever sent. Rows of the table {@code prices} come in rounds, in any order within one, and some
 * rounds before the records of their times, so that there always are rows of later times than records have.
 */
final class JoinedRecords {
  static final String NAME = "tables-proof";
  static final int ROUND_MILLIS = 1_000;

  private static final int KEYS = 300;
  private static final int ITEMS = 500;

  /** By so many rounds a row comes before the first record that needs it: consumers fetch partitions each in its own time. */
  static final int LEAD = 8;

  /** Over so many rounds the rows of one are spread. */
  private static final int SPREAD = 3;

  private static final double ABSENT = -1;
  private static final Pattern ANSWER = Pattern.compile("\"id\":(\\d+).*\"item\":([-0-9.E]+),\"limit\":([-0-9.E]+),\"price\":([-0-9.E]+)");

  private final Random random;
  private final long start;
  private final Map<String, TreeMap<Long, Double>> prices = new HashMap<>();
  private final double[] limits = new double[KEYS];
  private final double[] items = new double[ITEMS];
  private final List<Sent> sent = new ArrayList<>();
  private int version;

  private record Sent(String key, long timestamp, double item, double limit) {}

  /** What became of the records. */
  record Verdict(int lost, int duplicated, int mismatched, List<String> examples) {}

  JoinedRecords(long seed, long start) {
    this.random = new Random(seed);
    this.start = start;
  }

  static String yaml() {
    return """
        name: %1$s
        source: {topic: %1$s, fields: {item: int64}}
        tables:
          prices: {topic: %1$s-prices, as_of: record, history: 150s, fields: {version: {type: float64, default: -1}}}
          limits: {topic: %1$s-limits, fields: {version: {type: float64, default: -1}}}
          items: {topic: %1$s-items, global: true, by: item, fields: {version: {type: float64, default: -1}}}
        steps:
          - transform: {item: table.items.version, limit: table.limits.version, price: table.prices.version}
        sink: {topic: %1$s-out}
        rejects: {topic: %1$s-bad}
        """
        .formatted(NAME);
  }

  /** All rows of the two tables that are complete before the first record, some of them in place of others, some deleted. */
  List<ProducerRecord<byte[], byte[]>> complete() {
    List<ProducerRecord<byte[], byte[]>> rows = new ArrayList<>();
    for (int i = 0; i < 3 * KEYS; i++) {
      limits[i % KEYS] = next();
      rows.add(row("limits", "k" + i % KEYS, start, limits[i % KEYS]));
    }
    for (int i = 0; i < 3 * ITEMS; i++) {
      items[i % ITEMS] = next();
      rows.add(row("items", Integer.toString(i % ITEMS), start, items[i % ITEMS]));
    }
    return rows;
  }

  /** Rows of the times of later rounds, in any order. */
  List<ProducerRecord<byte[], byte[]>> rows(int round, int count) {
    List<ProducerRecord<byte[], byte[]>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = key();
      long timestamp = start + (long) (round + 1 + LEAD) * ROUND_MILLIS + random.nextInt(SPREAD * ROUND_MILLIS);
      double row = next();
      if (prices.computeIfAbsent(key, _ -> new TreeMap<>()).putIfAbsent(timestamp, row) == null) {
        rows.add(row("prices", key, timestamp, row));
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  /** Records of this round and the two before. */
  List<ProducerRecord<byte[], byte[]>> records(int round, int count) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(KEYS);
      int item = random.nextInt(ITEMS);
      long timestamp = start + (long) (round + 1) * ROUND_MILLIS - 1 - random.nextInt(3 * ROUND_MILLIS);
      String value = "{\"id\":" + sent.size() + ",\"item\":" + item + "}";
      sent.add(new Sent("k" + key, timestamp, items[item], limits[key]));
      records.add(new ProducerRecord<>(NAME, null, timestamp, ("k" + key).getBytes(UTF_8), value.getBytes(UTF_8)));
    }
    return records;
  }

  private String key() {
    return "k" + random.nextInt(KEYS);
  }

  /** What a row has; a tenth of the rows are deletions. */
  private double next() {
    return random.nextInt(10) == 0 ? ABSENT : ++version;
  }

  private static ProducerRecord<byte[], byte[]> row(String table, String key, long timestamp, double version) {
    byte @Nullable [] value = version == ABSENT ? null : ("{\"version\":" + version + "}").getBytes(UTF_8);
    return new ProducerRecord<>(NAME + "-" + table, null, timestamp, key.getBytes(UTF_8), value);
  }

  int sent() {
    return sent.size();
  }

  int rows() {
    return prices.values().stream().mapToInt(Map::size).sum();
  }

  /** The newest row at or before a record's time. */
  static double asOfRecord(TreeMap<Long, Double> versions, long timestamp) {
    return orAbsent(versions.floorEntry(timestamp));
  }

  /** The row before that one: wrong. */
  static double oneBefore(TreeMap<Long, Double> versions, long timestamp) {
    Map.Entry<Long, Double> right = versions.floorEntry(timestamp);
    return orAbsent(right == null ? null : versions.lowerEntry(right.getKey()));
  }

  /** The newest row of all: wrong. */
  static double newest(TreeMap<Long, Double> versions, long timestamp) {
    return orAbsent(versions.lastEntry());
  }

  private static double orAbsent(Map.@Nullable Entry<Long, Double> version) {
    return version == null ? ABSENT : version.getValue();
  }

  /** Compares all answers with what a reading of the table says. */
  Verdict check(List<ConsumerRecord<byte[], byte[]>> answers, BiFunction<TreeMap<Long, Double>, Long, Double> price) {
    int[] seen = new int[sent.size()];
    int mismatched = 0;
    List<String> examples = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> answer : answers) {
      String text = new String(answer.value(), UTF_8);
      Matcher parts = ANSWER.matcher(text);
      if (!parts.find()) {
        throw new AssertionError(text);
      }
      int id = Integer.parseInt(parts.group(1));
      Sent record = sent.get(id);
      seen[id]++;
      List<Double> expected = List.of(record.item(), record.limit(), price.apply(prices.getOrDefault(record.key(), new TreeMap<>()), record.timestamp()));
      List<Double> found = List.of(Double.valueOf(parts.group(2)), Double.valueOf(parts.group(3)), Double.valueOf(parts.group(4)));
      if (!found.equals(expected) || answer.timestamp() != record.timestamp() || !record.key().equals(new String(answer.key(), UTF_8))) {
        mismatched++;
        examples.add(text + " for " + record + ", expected " + expected);
      }
    }
    int lost = 0;
    int duplicated = 0;
    for (int count : seen) {
      lost += count == 0 ? 1 : 0;
      duplicated += Math.max(0, count - 1);
    }
    return new Verdict(lost, duplicated, mismatched, examples.subList(0, Math.min(5, examples.size())));
  }
}
