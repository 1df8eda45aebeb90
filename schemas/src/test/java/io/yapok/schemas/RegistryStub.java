package io.yapok.schemas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of Confluent's API as a reader of records asks for, on a port of this machine. */
public final class RegistryStub implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> answers = new ConcurrentHashMap<>(Map.of("/schemas/types", "[\"AVRO\"]"));
  private final Map<String, Integer> refused = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile String authorization = "";

  public RegistryStub(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What it answers under a path. */
  public void put(String path, String json) {
    answers.put(path, json);
    refused.remove(path);
  }

  public void putSchema(int id, String schema) {
    put("/schemas/ids/" + id, "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"}");
  }

  /** Answers a path with an error. */
  public void refuse(String path, int status, String message) {
    put(path, "{\"error_code\":" + status + ",\"message\":\"" + message + "\"}");
    refused.put(path, status);
  }

  /** Lets nobody in who does not say so. */
  public void require(String header) {
    authorization = header;
  }

  /** The paths that were asked for, without their queries. */
  public List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(path);
    String json = answers.get(path);
    boolean isIn = authorization.isEmpty() || authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    int status = !isIn ? 401 : json == null ? 404 : refused.getOrDefault(path, 200);
    String body = !isIn ? "{\"error_code\":40101,\"message\":\"Unauthorized\"}" : json == null ? "{\"error_code\":40403,\"message\":\"Schema not found\"}" : json;
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
