package io.yapok.embedded;

import io.yapok.embedded.internal.Broker;
import io.yapok.embedded.internal.BrokerSettings;
import io.yapok.embedded.internal.DataDirectory;
import io.yapok.embedded.internal.Ports;
import io.yapok.embedded.internal.Quorum;
import io.yapok.embedded.internal.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker in this JVM, with its KRaft controller, on 127.0.0.1 only. It takes one to two
 * seconds to start and about 200 MB. Topics are never created by themselves.
 *
 * <p>If its disk fails, Kafka ends the JVM, as it would end a broker of its own.
 */
public final class EmbeddedKafka implements KafkaCluster {
  private final Broker broker;
  private final DataDirectory data;
  private final BrokerSettings settings;
  private boolean closed;

  private EmbeddedKafka(Broker broker, DataDirectory data, BrokerSettings settings) {
    this.broker = broker;
    this.data = data;
    this.settings = settings;
  }

  /** Starts to describe a broker: temporary, on a free port. */
  public static Builder builder() {
    return new Builder();
  }

  /** A temporary broker on a free port, running. */
  public static EmbeddedKafka start() {
    return builder().start();
  }

  @Override
  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  /** The port of 127.0.0.1 that clients connect to. */
  public int port() {
    return settings.port();
  }

  /** Where its data lie. */
  public Path dataDirectory() {
    return data.path();
  }

  @Override
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    Topics.create(bootstrapServers(), name, partitions, configs);
  }

  /**
   * Stops the broker and, if its data are temporary, deletes them. Returns when its threads have
   * ended, to a second caller too.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      broker.stop();
    } finally {
      letGo(data);
    }
  }

  private static void letGo(DataDirectory data) {
    try {
      data.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's data directory " + data.path(), e);
    }
  }

  /** What a broker should be like. For one thread. */
  public static final class Builder {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final int FREE = 0;
    private static final int TRIES = 3;

    private @Nullable Path directory;
    private int port = FREE;
    private int controllerPort = FREE;
    private @Nullable Quorum quorum;
    private IntUnaryOperator freePorts = Ports::anyFreeBut;
    private final Map<String, String> wishes = new HashMap<>();

    private Builder() {}

    /**
     * Keeps data in {@code path}, which survives: a later start on it finds topics and offsets again.
     * It is made if missing; one with foreign files is refused.
     */
    public Builder dataDirectory(Path path) {
      directory = path;
      return this;
    }

    /** Listens for clients on this port; 0, the default, is any free one. */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** Uses this port for the broker's talk with its own controller; 0 is any free one. */
    public Builder controllerPort(int wanted) {
      controllerPort = wanted;
      return this;
    }

    /** Makes it a node of a cluster, which says where its controller listens. */
    Builder quorum(Quorum wanted) {
      quorum = wanted;
      controllerPort = wanted.controllerPort();
      return this;
    }

    /** Sets one of Kafka's broker settings, over ours; those of addresses and places are refused. */
    public Builder setting(String key, String value) {
      wishes.put(key, value);
      return this;
    }

    /** Where free ports come from, for tests: one that is not the given one. */
    Builder freePorts(IntUnaryOperator source) {
      freePorts = source;
      return this;
    }

    /**
     * Starts the broker and returns when clients can connect.
     *
     * @throws EmbeddedKafkaException if a port is taken, the directory in use, or Kafka does not come
     *     up; nothing is left running then
     * @throws IllegalArgumentException for a setting that is not the caller's to make
     */
    public EmbeddedKafka start() {
      for (int tries = 1; ; tries++) {
        int client = freePort(port, controllerPort);
        int controller = freePort(controllerPort, client);
        try {
          return start(client, controller);
        } catch (EmbeddedKafkaException e) {
          if (tries == TRIES || !isOfATakenPort(e)) {
            throw e;
          }
          // Kafka binds some time after we looked. The next look finds others, or says which of the caller's ports is taken.
          LOG.warn("port {} or {} was taken while the broker started, trying again", client, controller);
        }
      }
    }

    private EmbeddedKafka start(int client, int controller) {
      Quorum node = quorum == null ? Quorum.alone(controller) : quorum;
      DataDirectory data = DataDirectory.open(directory, node);
      try {
        BrokerSettings settings = new BrokerSettings(client, node, data.logDirectory(), wishes);
        return new EmbeddedKafka(Broker.start(settings), data, settings);
      } catch (RuntimeException e) {
        letGoAfter(e, data);
        throw e;
      }
    }

    /** Why it did not start is the news, whatever becomes of its data. */
    private static void letGoAfter(RuntimeException failure, DataDirectory data) {
      try {
        letGo(data);
      } catch (UncheckedIOException e) {
        failure.addSuppressed(e);
      }
    }

    private int freePort(int wanted, int other) {
      return wanted == FREE ? freePorts.applyAsInt(other) : Ports.requireFree(wanted);
    }

    private static boolean isOfATakenPort(EmbeddedKafkaException failure) {
      return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(BindException.class::isInstance);
    }
  }
}
