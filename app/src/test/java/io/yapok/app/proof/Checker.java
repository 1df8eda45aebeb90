package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.app.proof.Reference.Expected;
import io.yapok.app.proof.Result.Which;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares all that is committed in the sink and the dead-letter topic with what the source holds and the reference says. It shares nothing with the engine: plain consumers, JSON by Jackson, answers in plain
 * Java.
 */
final class Checker {
  private static final int MOST_EXAMPLES = 5;

  private final Workload workload;
  private final String bootstrapServers;
  private final Duration patience;
  private final List<List<Which>> source = new ArrayList<>();
  private final Map<Which, Expected> expected = new HashMap<>();
  private final Map<Which, Integer> answers = new HashMap<>();
  private final Map<String, Long> lastOffsets = new HashMap<>();
  private final List<String> examples = new ArrayList<>();
  private long out;
  private long rejected;
  private long mismatched;
  private long outOfOrder;

  private Checker(Workload workload, String bootstrapServers, Duration patience) {
    this.workload = workload;
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  /**
   * Reads and compares.
   *
   * @param in how many records were acknowledged
   * @param patience for the readers to reach the topics' ends
   */
  static Verdict check(Workload workload, String bootstrapServers, long in, Duration patience) {
    return new Checker(workload, bootstrapServers, patience).run(in);
  }

  private Verdict run(long in) {
    readSource(in);
    Readers.all(bootstrapServers, workload.sink(), patience, this::checkResult);
    Readers.all(bootstrapServers, workload.rejects(), patience, this::checkReject);
    long lost = expected.keySet().stream().filter(which -> !answers.containsKey(which)).peek(which -> example("lost " + where(which))).count();
    long duplicated = answers.entrySet().stream().filter(each -> each.getValue() > 1).peek(each -> example("duplicated " + where(each.getKey()))).mapToLong(each -> each.getValue() - 1).sum();
    return new Verdict(in, out, rejected, lost, duplicated, mismatched, outOfOrder, List.copyOf(examples));
  }

  /** The source must hold what was acknowledged: each key's records once and in turn. Anything else is the producer's or the broker's fault, and no verdict. */
  private void readSource(long in) {
    for (int partition = 0; partition < Workload.PARTITIONS; partition++) {
      source.add(new ArrayList<>());
    }
    var next = new int[Workload.KEYS];
    var references = new Reference[Workload.KEYS];
    Arrays.setAll(references, key -> new Reference());
    Readers.all(
        bootstrapServers,
        workload.source(),
        patience,
        record -> {
          var which = Result.which(record.value());
          var places = source.get(record.partition());
          if (which.number() != next[which.key()]++ || record.offset() != places.size()) {
            throw new AssertionError("the source is not what was sent: " + which + " at " + record.partition() + "@" + record.offset());
          }
          places.add(which);
          expected.put(which, references[which.key()].next(workload.record(which.key(), which.number())));
        });
    if (expected.size() != in) {
      throw new AssertionError(in + " records were acknowledged and the source holds " + expected.size());
    }
  }

  private void checkResult(ConsumerRecord<byte[], byte[]> record) {
    out++;
    var result = Result.of(record.value());
    var which = result.which();
    int partition = Math.toIntExact(result.whole("/metadata/partition"));
    long offset = result.whole("/metadata/offset");
    note(record, which, partition, offset);
    var should = expected.get(which);
    if (should == null || !isAt(which, partition, offset) || !isAnswer(result, should) || !isKept(record, should)) {
      mismatched++;
      example("mismatched " + where(which) + ": " + result.answer() + " and not " + should);
    }
  }

  private static boolean isAnswer(Result result, Expected should) {
    return should.record().kind() == Numbered.Kind.ANSWERED
        && (float) result.real("/out/sum/0") == should.sum()
        && (float) result.real("/out/entry/0") == should.entry()
        && result.whole("/out/seen") == should.seen()
        && result.real("/out/gap") == should.gap()
        && result.whole("/in/a") == should.record().a()
        && result.whole("/in/place") == should.record().place();
  }

  private void checkReject(ConsumerRecord<byte[], byte[]> record) {
    rejected++;
    var which = Result.which(record.value());
    int partition = Integer.parseInt(header(record, "__streams.errors.partition"));
    long offset = Long.parseLong(header(record, "__streams.errors.offset"));
    note(record, which, partition, offset);
    var should = expected.get(which);
    var reason = header(record, "yapok.reject.reason");
    boolean right =
        should != null
            && should.record().kind() != Numbered.Kind.ANSWERED
            && should.record().kind().reason().equals(reason)
            && Arrays.equals(should.record().value(), record.value())
            && isAt(which, partition, offset)
            && isKept(record, should);
    if (!right) {
      mismatched++;
      example("mismatched " + where(which) + ": rejected as " + reason + " and not " + should);
    }
  }

  private boolean isAt(Which which, int partition, long offset) {
    var places = source.get(partition);
    return offset < places.size() && places.get(Math.toIntExact(offset)).equals(which);
  }

  private static boolean isKept(ConsumerRecord<byte[], byte[]> record, Expected should) {
    return record.timestamp() == should.record().timestamp() && Arrays.equals(record.key(), should.record().keyBytes());
  }

  private void note(ConsumerRecord<byte[], byte[]> record, Which which, int partition, long offset) {
    answers.merge(which, 1, Integer::sum);
    var route = partition + " to " + record.topic() + "-" + record.partition();
    var before = lastOffsets.put(route, offset);
    if (before != null && before >= offset) {
      outOfOrder++;
      example("out of order " + where(which) + ": " + offset + " after " + before + " from partition " + route);
    }
  }

  private void example(String text) {
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(text);
    }
  }

  private static String where(Which which) {
    return "k" + which.key() + " number " + which.number();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
