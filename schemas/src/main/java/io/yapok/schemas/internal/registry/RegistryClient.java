package io.yapok.schemas.internal.registry;

import io.yapok.schemas.WriterSchemas.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.SslFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.basicauth.BasicAuthCredentialProviderFactory;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.security.bearerauth.BearerAuthCredentialProviderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a registry that speaks Confluent's API, by Confluent's client and with its settings. It goes from one address to the next when one does not answer. Safe for use by several threads.
 */
public final class RegistryClient {
  private static final String NAMESPACE = "schema.registry.";
  private static final String URL = NAMESPACE + "url";
  private static final String BASIC_SOURCE = "basic.auth.credentials.source";
  private static final String USER_INFO = "basic.auth.user.info";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int NOT_FOUND = 404;

  /** A schema that names others that name others and so on is no deeper. */
  private static final int MOST_REFERENCES = 1_000;

  private final RestService rest;
  private final String address;

  /** A registry answered, and not with what was asked for. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(RestClientException cause) {
      super(String.valueOf(cause.getMessage()), cause);
      this.status = cause.getStatus();
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  /**
   * A client; nothing is asked yet.
   *
   * @param settings those of Confluent's serializers
   * @throws IllegalArgumentException if they do not go together
   */
  public RegistryClient(Map<String, ?> settings) {
    Map<String, Object> config = normalized(settings);
    address = String.valueOf(config.get(URL));
    rest = new RestService(Arrays.stream(address.split(",")).map(String::strip).toList());
    rest.setHttpConnectTimeoutMs(millis(config, "http.connect.timeout.ms"));
    rest.setHttpReadTimeoutMs(millis(config, "http.read.timeout.ms"));
    if (config.containsKey("proxy.host")) {
      rest.setProxy(config.get("proxy.host").toString(), Integer.parseInt(String.valueOf(config.get("proxy.port"))));
    }
    authenticate(config);
    SSLSocketFactory sockets = sockets(config);
    if (sockets != null) {
      rest.setSslSocketFactory(sockets);
    }
  }

  /** Both {@code basic.auth.*} and {@code schema.registry.basic.auth.*} are in use; and whoever gives a user means it. */
  private static Map<String, Object> normalized(Map<String, ?> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    for (String key : List.of(BASIC_SOURCE, USER_INFO)) {
      if (config.containsKey(NAMESPACE + key)) {
        config.putIfAbsent(key, config.get(NAMESPACE + key));
      }
    }
    if (config.containsKey(USER_INFO)) {
      config.putIfAbsent(BASIC_SOURCE, "USER_INFO");
    }
    if (config.containsKey("bearer.auth.token")) {
      config.putIfAbsent(BEARER_SOURCE, "STATIC_TOKEN");
    }
    return config;
  }

  private void authenticate(Map<String, Object> config) {
    if (config.containsKey(BASIC_SOURCE) && config.containsKey(BEARER_SOURCE)) {
      throw new IllegalArgumentException("both basic.auth and bearer.auth are given");
    }
    if (config.containsKey(BEARER_SOURCE)) {
      rest.setBearerAuthCredentialProvider(BearerAuthCredentialProviderFactory.getBearerAuthCredentialProvider(config.get(BEARER_SOURCE).toString(), config));
    } else {
      String source = config.getOrDefault(BASIC_SOURCE, "URL").toString();
      rest.setBasicAuthCredentialProvider(BasicAuthCredentialProviderFactory.getBasicAuthCredentialProvider(source, config));
    }
  }

  private static @Nullable SSLSocketFactory sockets(Map<String, Object> config) {
    Map<String, Object> ssl = new HashMap<>();
    config.forEach((key, value) -> {
      if (key.startsWith(NAMESPACE + "ssl.")) {
        ssl.put(key.substring(NAMESPACE.length()), value);
      }
    });
    return ssl.isEmpty() ? null : new SslFactory(ssl).sslContext().getSocketFactory();
  }

  private static int millis(Map<String, Object> config, String key) {
    Object value = config.get(key);
    return value == null ? TIMEOUT_MILLIS : Integer.parseInt(value.toString().strip());
  }

  /** The addresses that are asked, as given. */
  public String address() {
    return address;
  }

  /** Whether a registry is there and lets us in: answers without exception if so. */
  public void ask() throws IOException, RefusedException {
    try {
      rest.getSchemaTypes();
    } catch (RestClientException e) {
      throw new RefusedException(e);
    }
  }

  /** A schema and those that it names. */
  public Written schema(int id) throws IOException, RefusedException {
    try {
      SchemaString answer = rest.getId(id);
      if (answer.getSchemaType() != null && !answer.getSchemaType().equals("AVRO")) {
        throw new RefusedException(new RestClientException("it is one of " + answer.getSchemaType() + ", not of Avro", 404, 40403));
      }
      Set<String> references = new LinkedHashSet<>();
      collect(answer.getReferences(), references);
      return new Written(answer.getSchemaString(), new ArrayList<>(references));
    } catch (RestClientException e) {
      throw new RefusedException(e);
    }
  }

  /** Registers a schema under a subject, unless it is there, and answers its id. */
  public int register(String subject, String schema) throws IOException, RefusedException {
    try {
      return rest.registerSchema(schema, subject);
    } catch (RestClientException e) {
      throw new RefusedException(e);
    }
  }

  /** The id of a schema that a subject has. */
  public int lookUp(String subject, String schema) throws IOException, RefusedException {
    try {
      return rest.lookUpSubjectVersion(schema, subject).getId();
    } catch (RestClientException e) {
      throw new RefusedException(e);
    }
  }

  /** The schema that a subject has now; empty where there is no such subject. */
  public Optional<Written> latest(String subject) throws IOException, RefusedException {
    try {
      var latest = rest.getLatestVersion(subject);
      Set<String> references = new LinkedHashSet<>();
      collect(latest.getReferences(), references);
      return Optional.of(new Written(latest.getSchema(), new ArrayList<>(references)));
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        return Optional.empty();
      }
      throw new RefusedException(e);
    }
  }

  /** Those that are named come before those that name them. */
  private void collect(@Nullable List<SchemaReference> references, Set<String> into) throws IOException, RestClientException {
    for (SchemaReference reference : references == null ? List.<SchemaReference>of() : references) {
      var named = rest.getVersion(reference.getSubject(), reference.getVersion());
      collect(named.getReferences(), into);
      into.add(named.getSchema());
      if (into.size() > MOST_REFERENCES) {
        throw new RestClientException("it names more than " + MOST_REFERENCES + " others", 404, 40403);
      }
    }
  }
}
