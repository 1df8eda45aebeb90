package io.yapok.app.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry as programs that share nothing with us talk to it: by plain HTTP. */
final class RegistryRest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  RegistryRest(String url) {
    this.url = url;
  }

  /** Registers a schema, and answers its id. */
  int register(String subject, Schema schema) {
    return ask("POST", "/subjects/" + subject + "/versions", Map.of("schema", schema.toString())).get("id").intValue();
  }

  /** Says which schemas a subject takes after those that it has. */
  void compatibility(String subject, String level) {
    ask("PUT", "/config/" + subject, Map.of("compatibility", level));
  }

  Schema byId(int id) {
    return schema(ask("GET", "/schemas/ids/" + id, Map.of()));
  }

  /** A version of a subject, the first being 1. */
  Schema version(String subject, int version) {
    return schema(ask("GET", "/subjects/" + subject + "/versions/" + version, Map.of()));
  }

  private static Schema schema(JsonNode answer) {
    return new Schema.Parser().parse(answer.get("schema").textValue());
  }

  private JsonNode ask(String method, String path, Map<String, String> body) {
    try {
      var bytes = body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
      var request = HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/vnd.schemaregistry.v1+json").method(method, bytes).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
      if (answer.statusCode() != 200) {
        throw new AssertionError("the registry answers " + method + " " + path + " with " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
