package io.yapok.app.internal.state;

import io.yapok.app.internal.http.StateQuestions;
import io.yapok.state.StateCodec;
import io.yapok.topology.StateAnswer;
import io.yapok.topology.StateCount;
import io.yapok.topology.StateEntries;
import io.yapok.topology.StateUnavailableException;
import io.yapok.topology.StateView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions for a pipeline's state: from this instance's keys, and where they are not all, by asking the instances that have advertised an address. Asked by another instance it
 * answers for itself alone, so a question makes one hop at most.
 */
public final class StateService implements StateQuestions {
  /** The most entries that one question returns. */
  public static final int MOST = 10_000;

  static final String PARTITIONS = "partitions";
  private static final String FROM = "from";
  private static final String FOUND = "found";
  private static final String ENTRIES = "entries";
  private static final String MORE = "more";
  private static final String COUNT = "count";
  private static final String OWNER = "owner";
  private static final String LOCAL = "local";

  /** The parameter that says that another instance asks. */
  private static final String HOP = "hop";

  private static final int DEFAULT_LIMIT = 100;
  private static final Comparator<Map<?, ?>> BY_KEY = (a, b) -> Arrays.compareUnsigned(key(a), key(b));

  private final String pipeline;
  private final StateView view;
  private final Others others;

  /** Answers for this pipeline. */
  public StateService(String pipeline, StateView view, Others others) {
    this.pipeline = pipeline;
    this.view = view;
    this.others = others;
  }

  @Override
  public String pipeline() {
    return pipeline;
  }

  @Override
  public Answer ask(String question, Map<String, String> parameters) {
    if (!view.exists()) {
      return error(404, "the pipeline " + pipeline + " remembers nothing");
    }
    try {
      return switch (question) {
        case "get" -> get(parameters);
        case "scan" -> scan(parameters);
        case "count" -> count(parameters);
        default -> error(404, "there are get, scan and count, not " + question);
      };
    } catch (StateUnavailableException e) {
      return unavailable(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable("the instance is stopping");
    }
  }

  private Answer get(Map<String, String> parameters) throws InterruptedException {
    KeyFormat format = format(parameters);
    byte[] key = format.bytes(parameters.getOrDefault("key", ""));
    StateAnswer own = view.get(key);
    Answer ours = answer(key, format, own);
    if (own.from() == StateAnswer.From.OWNER || parameters.containsKey(HOP)) {
      return ours;
    }
    Set<Integer> need = view.home(key);
    Predicate<Answer> owns = answer -> answer.status() == 200 && OWNER.equals(answer.body().get(FROM));
    Others.Told told = ask("get", parameters, own.partitions(), need, owns);
    for (Answer answer : told.answers()) {
      if (owns.test(answer)) {
        return answer;
      }
    }
    if (told.partitions().containsAll(need)) {
      return answer(key, format, StateAnswer.absent(told.partitions()));
    }
    if (own.value() != null) {
      return ours;
    }
    return told.answers().stream().filter(answer -> answer.status() == 200).findFirst().orElseGet(() -> told.failed() ? unavailable("the instance that has the key does not answer") : ours);
  }

  private Answer scan(Map<String, String> parameters) throws InterruptedException {
    KeyFormat format = format(parameters);
    int limit = limit(parameters);
    StateEntries own = view.scan(format.bytes(parameters.getOrDefault("prefix", "")), limit);
    Others.Told told = askAll("scan", parameters, own.partitions());
    if (told.failed()) {
      return unavailable("an instance does not answer");
    }
    List<Map<?, ?>> entries = new ArrayList<>();
    StateCodec codec = view.codec();
    own.entries().forEach(entry -> entries.add(shown(codec, format, entry)));
    boolean more = own.more();
    for (Answer answer : told.answers()) {
      if (answer.body().get(ENTRIES) instanceof List<?> theirs) {
        theirs.forEach(
            entry -> {
              if (entry instanceof Map<?, ?> object) {
                entries.add(object);
              }
            });
      }
      more |= Boolean.TRUE.equals(answer.body().get(MORE));
    }
    entries.sort(BY_KEY);
    Map<String, @Nullable Object> body = body(told);
    body.put(ENTRIES, entries.subList(0, Math.min(limit, entries.size())));
    body.put(MORE, more || entries.size() > limit);
    return new Answer(200, body);
  }

  private Answer count(Map<String, String> parameters) throws InterruptedException {
    StateCount own = view.count();
    Others.Told told = askAll("count", parameters, own.partitions());
    if (told.failed()) {
      return unavailable("an instance does not answer");
    }
    long count = own.approximate() + told.answers().stream().mapToLong(answer -> answer.body().get(COUNT) instanceof Long theirs ? theirs : 0).sum();
    Map<String, @Nullable Object> body = body(told);
    body.put(COUNT, count);
    body.put("approximate", true);
    return new Answer(200, body);
  }

  private Others.Told askAll(String question, Map<String, String> parameters, Set<Integer> have) throws InterruptedException {
    return ask(question, parameters, have, parameters.containsKey(HOP) ? have : view.partitions(), _ -> false);
  }

  private Others.Told ask(String question, Map<String, String> parameters, Set<Integer> have, Set<Integer> need, Predicate<Answer> enough) throws InterruptedException {
    Map<String, String> forwarded = new HashMap<>(parameters);
    forwarded.put(HOP, "1");
    return others.ask(view, question, forwarded, pipeline, have, need, enough);
  }

  private Map<String, @Nullable Object> body(Others.Told told) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put(FROM, told.partitions().containsAll(view.partitions()) ? OWNER : LOCAL);
    body.put(PARTITIONS, List.copyOf(new TreeSet<>(told.partitions())));
    return body;
  }

  private Answer answer(byte[] key, KeyFormat format, StateAnswer answer) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    format.put(body, key);
    body.put(FOUND, answer.value() != null);
    body.put(FROM, from(answer.from()));
    body.put(PARTITIONS, List.copyOf(answer.partitions()));
    answer.lag().ifPresent(lag -> body.put("lag", lag));
    if (answer.value() == null) {
      return new Answer(404, body);
    }
    StoredValues.put(body, view.codec(), key, answer.value());
    return new Answer(200, body);
  }

  private static Map<String, @Nullable Object> shown(StateCodec codec, KeyFormat format, StateEntries.Entry entry) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    format.put(object, entry.key());
    StoredValues.put(object, codec, entry.key(), entry.value());
    return object;
  }

  private static String from(StateAnswer.From from) {
    return switch (from) {
      case OWNER -> OWNER;
      case STANDBY -> "standby";
      case LOCAL -> LOCAL;
    };
  }

  private static byte[] key(Map<?, ?> entry) {
    return KeyFormat.keyOf(entry);
  }

  private static KeyFormat format(Map<String, String> parameters) {
    return switch (parameters.getOrDefault("format", "text")) {
      case "text" -> KeyFormat.TEXT;
      case "hex" -> KeyFormat.HEX;
      default -> throw new IllegalArgumentException("format is text or hex");
    };
  }

  private static int limit(Map<String, String> parameters) {
    String limit = parameters.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT));
    if (!limit.matches("[1-9][0-9]{0,5}") || Integer.parseInt(limit) > MOST) {
      throw new IllegalArgumentException("limit is a number from 1 to " + MOST);
    }
    return Integer.parseInt(limit);
  }

  private static Answer unavailable(String why) {
    return error(503, "state cannot be asked now: " + why);
  }

  private static Answer error(int status, String what) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("error", what);
    return new Answer(status, body);
  }
}
