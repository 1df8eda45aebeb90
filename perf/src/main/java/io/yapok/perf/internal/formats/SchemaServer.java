package io.yapok.perf.internal.formats;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.yapok.perf.internal.report.JsonLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The records' one schema as a registry answers it, on a port of this machine: a reader asks for it once, so that no more of a registry is measured than that. */
final class SchemaServer implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final Map<String, String> answers =
      Map.of(
          "/schemas/types", "[\"AVRO\"]",
          "/schemas/ids/" + EncodedRecords.SCHEMA_ID, JsonLine.of(Map.of("schema", EncodedRecords.SCHEMA.toString())));

  private SchemaServer(HttpServer server) {
    this.server = server;
  }

  static SchemaServer start() throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SchemaServer server = new SchemaServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String found = answers.get(exchange.getRequestURI().getPath());
    byte[] body = (found == null ? "{\"error_code\":40403,\"message\":\"Schema not found\"}" : found).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(found == null ? NOT_FOUND : OK, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
