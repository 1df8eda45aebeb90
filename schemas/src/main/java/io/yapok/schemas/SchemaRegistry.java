package io.yapok.schemas;

import io.yapok.schemas.internal.registry.RegistryClient;
import io.yapok.schemas.internal.registry.RegistryClient.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A schema registry that speaks Confluent's API: Confluent's own, Karapace, Redpanda's, Apicurio's. What it has answered is kept; an id that it does not know is asked for again after a while.
 *
 * <p>While it does not answer, whoever asks for a schema waits: records stay in their topic. Safe for use by several threads, of which one asks at a time.
 */
public final class SchemaRegistry implements WriterSchemas, AutoCloseable {
  /** The setting with its addresses, one or several with commas. */
  public static final String URL = "schema.registry.url";

  /** Longer than most outages last, and well within what a consumer may take between two polls. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
  private static final int MOST_UNKNOWN = 10_000;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final RegistryClient client;
  private final RegistryFaults faults;
  private final ResultRegistration results;
  private final Duration patience;
  private final Map<Integer, Written> known = new ConcurrentHashMap<>();
  private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Unknown> unknown = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private record Unknown(String why, long untilNanos) {}

  /** What an id was given for. */
  private record Registered(String subject, String json) {}

  private SchemaRegistry(RegistryClient client, ResultRegistration results, Duration patience) {
    this.client = client;
    this.faults = new RegistryFaults(client.address());
    this.results = results;
    this.patience = patience;
  }

  /**
   * A registry by the settings of Confluent's serializers: {@link #URL}, {@code basic.auth.*}, {@code bearer.auth.*}, {@code schema.registry.ssl.*}, {@code http.connect.timeout.ms},
   * {@code http.read.timeout.ms}, {@code proxy.*}, {@code value.subject.name.strategy}, {@code auto.register.schemas}. Nothing is asked yet.
   *
   * @throws ProblemsException if they do not go together
   */
  public static SchemaRegistry of(Map<String, ?> settings) {
    return of(settings, PATIENCE);
  }

  /** A registry that is waited for so long. */
  static SchemaRegistry of(Map<String, ?> settings, Duration patience) {
    try {
      return new SchemaRegistry(new RegistryClient(settings), ResultRegistration.of(settings), patience);
    } catch (RuntimeException e) {
      throw new ProblemsException(new Problem("the schema registry's settings are refused (" + RegistryFaults.rootMessage(e) + ")", Where.of(URL), "see Confluent's documentation of its clients' settings"));
    }
  }

  /** This registry for a pipeline whose results go to a topic: their schema is registered for its values, or looked up, as the settings say. */
  public WriterSchemas withResultsIn(String topic) {
    return new WriterSchemas() {
      @Override
      public Written written(int id) {
        return SchemaRegistry.this.written(id);
      }

      @Override
      public int register(String name, String json) {
        return ids.computeIfAbsent(new Registered(results.names().subject(topic, name), json), SchemaRegistry.this::register);
      }
    };
  }

  /** Whether a setting is a registry's rather than Kafka's. */
  public static boolean owns(String key) {
    return key.startsWith("schema.registry.") || key.startsWith("basic.auth.") || key.startsWith("bearer.auth.") || key.startsWith("http.") || key.startsWith("proxy.") || ResultRegistration.KEYS.contains(key);
  }

  /** The settings among others that are a registry's. */
  public static Map<String, Object> settingsIn(Map<String, ?> settings) {
    Map<String, Object> own = new HashMap<>();
    settings.forEach((key, value) -> {
      if (owns(key)) {
        own.put(key, value);
      }
    });
    return own;
  }

  /**
   * Asks whether it is there and lets us in.
   *
   * @throws RegistryException if not, with the one reason
   */
  public void check() {
    try {
      client.ask();
    } catch (RefusedException e) {
      throw faults.refused(e);
    } catch (IOException e) {
      throw faults.away(e);
    }
  }

  /** How subjects are named, by the settings. */
  public SubjectNames subjectNames() {
    return results.names();
  }

  /**
   * The schema that a subject has now; empty where there is no such subject.
   *
   * @throws RegistryException if it does not answer
   */
  public Optional<Written> latest(String subject) {
    try {
      return client.latest(subject);
    } catch (RefusedException e) {
      throw faults.refused(e);
    } catch (IOException e) {
      throw faults.away(e);
    }
  }

  @Override
  public Written written(int id) {
    Written schema = known.get(id);
    return schema != null ? schema : find(id);
  }

  private synchronized Written find(int id) {
    Written found = known.get(id);
    if (found != null) {
      return found;
    }
    Unknown before = unknown.get(id);
    if (before != null && before.untilNanos() - System.nanoTime() > 0) {
      throw new UnknownSchemaException(before.why());
    }
    Written answer = ask(id);
    known.put(id, answer);
    unknown.remove(id);
    return answer;
  }

  private Written ask(int id) {
    return await(() -> {
      try {
        return client.schema(id);
      } catch (RefusedException e) {
        if (e.status() == NOT_FOUND || e.status() == UNPROCESSABLE) {
          throw remember(id, e);
        }
        throw e;
      }
    });
  }

  private int register(Registered wanted) {
    return await(() -> {
      try {
        return results.registers() ? client.register(wanted.subject(), wanted.json()) : client.lookUp(wanted.subject(), wanted.json());
      } catch (RefusedException e) {
        if (results.registers() && (e.status() == CONFLICT || e.status() == UNPROCESSABLE)) {
          throw faults.notTaken(wanted.subject(), e);
        }
        if (!results.registers() && e.status() == NOT_FOUND) {
          throw faults.notThere(wanted.subject(), e);
        }
        throw e;
      }
    });
  }

  /** A question to the registry. */
  private interface Question<A> {
    A ask() throws IOException, RefusedException;
  }

  private <A> A await(Question<A> question) {
    long end = System.nanoTime() + patience.toNanos();
    Duration pause = SHORTEST_PAUSE;
    while (true) {
      RegistryException failure;
      try {
        return question.ask();
      } catch (RefusedException e) {
        failure = faults.refused(e);
      } catch (IOException e) {
        failure = faults.away(e);
      }
      if (pause.equals(SHORTEST_PAUSE)) {
        System.getLogger(SchemaRegistry.class.getName()).log(System.Logger.Level.WARNING, "a pipeline waits for a schema: {0}", failure.problem());
      }
      if (System.nanoTime() - end > 0 || isClosedWithin(pause)) {
        throw failure;
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private UnknownSchemaException remember(int id, RefusedException e) {
    if (unknown.size() >= MOST_UNKNOWN) {
      unknown.clear();
    }
    String why = String.valueOf(e.getMessage());
    unknown.put(id, new Unknown(why, System.nanoTime() + UNKNOWN_FOR.toNanos()));
    return new UnknownSchemaException(why);
  }

  private boolean isClosedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whoever waits for it stops waiting. */
  @Override
  public void close() {
    closed.countDown();
  }
}
