package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What readers see of the results of {@link RegistryProof}, by the results' schema of before the release and by that of after it. */
final class RegistryResults {
  private final AvroReader reader;
  private final Schema before;
  private final Schema after;
  private final boolean[] seen;
  private final List<String> wrong;
  private final Map<Integer, Integer> last = new HashMap<>();
  private int ofTheRelease;

  /**
   * Results of so many records.
   *
   * @param wrong takes what is
   */
  RegistryResults(RegistryRest registry, int records, List<String> wrong) {
    this.reader = new AvroReader(registry);
    this.before = registry.version("registry-out-value", 1);
    this.after = registry.version("registry-out-value", 2);
    this.seen = new boolean[records];
    this.wrong = wrong;
  }

  /** A partition's results come in the order of its records, whatever partition of the sink they go to. */
  void take(ConsumerRecord<byte[], byte[]> result) {
    int i = Integer.parseInt(new String(result.key(), UTF_8));
    if (seen[i]) {
      wrong.add("doubled: " + i);
    }
    seen[i] = true;
    if (!isRight(i, result.value())) {
      wrong.add("mismatched: " + i + " " + reader.read(result.value(), after));
    }
    int route = i % Workload.PARTITIONS * Workload.PARTITIONS + result.partition();
    if (last.getOrDefault(route, -1) >= i) {
      wrong.add("out of order: " + i);
    }
    last.put(route, i);
  }

  private boolean isRight(int i, byte[] value) {
    double x = RegistryProof.x(i);
    boolean hasMore = reader.writer(value).equals(after);
    ofTheRelease += hasMore ? 1 : 0;
    GenericRecord old = (GenericRecord) reader.read(value, before).get("out");
    GenericRecord now = (GenericRecord) reader.read(value, after).get("out");
    boolean oldIsRight = old.equals(out(before, Map.of("id_out", (long) i, "y", 2 * x)));
    return oldIsRight && now.equals(out(after, hasMore ? Map.of("id_out", (long) i, "y", 2 * x, "z", x + 1) : Map.of("id_out", (long) i, "y", 2 * x)));
  }

  private static GenericRecord out(Schema result, Map<String, Object> fields) {
    var out = new GenericData.Record(result.getField("out").schema());
    fields.forEach(out::put);
    return out;
  }

  long lost() {
    return IntStream.range(0, seen.length).filter(i -> !seen[i]).count();
  }

  /** How many results have the output that came with the release. */
  int ofTheRelease() {
    return ofTheRelease;
  }

  /** How many schemas results were written with. */
  int writers() {
    return reader.writers();
  }
}
