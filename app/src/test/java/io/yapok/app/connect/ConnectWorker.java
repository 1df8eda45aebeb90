package io.yapok.app.connect;

import io.yapok.connect.ConnectorConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.file.FileStreamSourceConnector;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;

/** A Connect worker in this JVM, as {@code connect-standalone.sh} would start it, spoken to as its users do: over its REST API, on a free port of 127.0.0.1. */
final class ConnectWorker implements AutoCloseable {
  private final Connect<StandaloneHerder> worker;
  private final HttpClient http = HttpClient.newHttpClient();

  private ConnectWorker(Connect<StandaloneHerder> worker) {
    this.worker = worker;
  }

  static ConnectWorker start(String bootstrapServers, Path directory) {
    return new ConnectWorker(
        new ConnectStandalone()
            .startConnect(
                Map.of(
                    "bootstrap.servers", bootstrapServers,
                    "plugin.path", fileConnectors().toString(),
                    "plugin.discovery", "service_load",
                    "listeners", "http://127.0.0.1:0",
                    "offset.storage.file.filename", directory.resolve("connect.offsets").toString(),
                    "offset.flush.interval.ms", "500",
                    "key.converter", "org.apache.kafka.connect.storage.StringConverter",
                    "value.converter", "org.apache.kafka.connect.storage.StringConverter")));
  }

  /** The jar that a user names in {@code plugin.path}. */
  private static Path fileConnectors() {
    return Path.of(URI.create(FileStreamSourceConnector.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  /** Posts a connector and returns what the worker answered. */
  HttpResponse<String> post(ConnectorConfig connector) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri("connectors")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(connector.json())));
  }

  String status(ConnectorConfig connector) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri("connectors/" + connector.name() + "/status")).GET()).body();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return worker.rest().advertisedUrl().resolve("/" + path);
  }

  @Override
  public void close() {
    http.close();
    worker.stop();
    worker.awaitStop();
  }
}
