package io.yapok.perf.internal.workload;

import io.yapok.perf.internal.Checkout;
import io.yapok.perf.internal.contestant.Contestant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** The example {@code ranking}, its document and its models: a request names a user and its candidates, and all that is known of them stands in two tables. */
final class JoinedRankingWorkload implements Workload {
  static final int CANDIDATES = 674;
  static final int USERS = 100_000;
  static final int ITEMS = 50_000;

  private static final long SEED = 16;
  private static final int TRAITS = 16;
  private static final int DIFFERENT_REQUESTS = 256;
  private static final int NEW_USERS_ONE_IN = 5;
  private static final String MODEL = "by-taste.onnx";
  private static final String MODEL_OF_NEW_USERS = "by-popularity.onnx";

  @Override
  public String name() {
    return "ranking-joined";
  }

  @Override
  public String description() {
    return "%d candidates a request as JSON, joined with %,d users and %,d items, two logistic regressions, the best 10 back".formatted(CANDIDATES, USERS, ITEMS);
  }

  @Override
  public int records() {
    return 60_000;
  }

  @Override
  public int rowsPerRecord() {
    return CANDIDATES;
  }

  @Override
  public String output() {
    return "score";
  }

  @Override
  public List<Contestant> contestants() {
    return List.of(Contestant.STREAMS_PASSTHROUGH, Contestant.YAPOK);
  }

  @Override
  public RecordPool pool() {
    return new Requests();
  }

  @Override
  public List<TableTopic> tables() {
    return List.of(new TableTopic("users", new Rows(JoinedRankingWorkload::user), USERS), new TableTopic("items", new Rows(JoinedRankingWorkload::item), ITEMS));
  }

  @Override
  public Answers answers() {
    return Answers.ofJson();
  }

  @Override
  public String modelFile() {
    return MODEL;
  }

  @Override
  public void writeModel(Path directory) throws IOException {
    for (String model : List.of(MODEL, MODEL_OF_NEW_USERS)) {
      Files.copy(example().resolve(model), directory.resolve(model));
    }
  }

  /** The example's, but that requests do not say what was clicked. */
  @Override
  public String pipeline(String source, String sink, long commitIntervalMillis) {
    try {
      String document = Files.readString(example().resolve("ranking.yaml"));
      document = replaced(document, "topic: requests\n", "topic: " + source + "\n");
      document = replaced(document, ", clicked: bool", "");
      document = replaced(document, "item, clicked, score", "item, score");
      document = replaced(document, "sink: {topic: ranked}", "sink: {topic: " + sink + "}");
      document = replaced(document, "rejects: {topic: ranking-rejected}", "rejects: fail");
      return replaced(document, "exclude: [candidates]", "exclude: [\"*\"]") + "kafka: {commit.interval.ms: " + commitIntervalMillis + "}\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path example() {
    return Checkout.root().resolve("examples/ranking");
  }

  private static String replaced(String document, String part, String by) {
    if (!document.contains(part)) {
      throw new IllegalStateException("the example does not have \"" + part + "\" any more");
    }
    return document.replace(part, by);
  }

  private static String user(long id) {
    return id % NEW_USERS_ONE_IN == 0 ? "{\"group\":\"new\"}" : "{\"group\":\"regular\",\"taste\":" + numbers(id, TRAITS) + "}";
  }

  private static String item(long id) {
    return "{\"popularity\":" + numbers(ITEMS + id, 1).replaceAll("[\\[\\]]", "") + ",\"traits\":" + numbers(id, TRAITS) + "}";
  }

  private static String numbers(long seed, int count) {
    Random random = new Random(SEED + seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Math.round(random.nextGaussian() * 1000) / 1000f;
    }
    return Arrays.toString(numbers).replace(" ", "");
  }

  /** Makes a row's value. */
  private interface Row {
    String value(long id);
  }

  /** Rows of a table, whose keys are their numbers. */
  private record Rows(Row row) implements RecordPool {
    @Override
    public boolean isKeyed() {
      return true;
    }

    @Override
    public byte[] key(long id) {
      return bytes(Long.toString(id));
    }

    @Override
    public byte[] value(long id) {
      return bytes(row.value(id));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Requests of users drawn evenly, each for candidates drawn evenly. */
  private static final class Requests implements RecordPool {
    private final byte[][] candidates = new byte[DIFFERENT_REQUESTS][];

    private Requests() {
      SplittableRandom random = new SplittableRandom(SEED);
      for (int request = 0; request < DIFFERENT_REQUESTS; request++) {
        StringBuilder text = new StringBuilder("\",\"candidates\":[");
        for (int i = 0; i < CANDIDATES; i++) {
          text.append(i == 0 ? "" : ",").append("{\"item\":").append(random.nextInt(ITEMS)).append('}');
        }
        candidates[request] = bytes(text.append("]}").toString());
      }
    }

    @Override
    public byte[] key(long id) {
      return RecordPool.idKey(id);
    }

    @Override
    public byte[] value(long id) {
      int user = new SplittableRandom(SEED + id).nextInt(USERS);
      byte[] head = bytes("{\"id\":" + id + ",\"user\":\"" + user);
      byte[] body = candidates[(int) (id % DIFFERENT_REQUESTS)];
      byte[] value = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, value, head.length, body.length);
      return value;
    }
  }
}
