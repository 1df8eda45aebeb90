package io.yapok.app.internal.state;

import io.yapok.app.internal.JsonValue;
import io.yapok.app.internal.http.StateQuestions.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks instances for their state by HTTP, each within a bounded time. Any thread may use it. */
public final class Peers implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long LARGEST_ANSWER = 64L << 20;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();

  /**
   * Asks one instance.
   *
   * @param address {@code host:port}
   * @return empty if nobody answers there in time, or not as instances do
   */
  public Optional<Answer> ask(String address, String pipeline, String question, Map<String, String> parameters) throws InterruptedException {
    String query = parameters.entrySet().stream().map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue())).collect(Collectors.joining("&"));
    try {
      URI uri = URI.create("http://" + address + "/state/" + encoded(pipeline) + "/" + question + (query.isEmpty() ? "" : "?" + query));
      return Optional.of(send(HttpRequest.newBuilder(uri).build()));
    } catch (ExecutionException | TimeoutException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** All of the answer must have come in time, not only its beginning. */
  private Answer send(HttpRequest request) throws InterruptedException, ExecutionException, TimeoutException {
    Future<HttpResponse<String>> response = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
    try {
      HttpResponse<String> whole = response.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(whole.statusCode(), JsonValue.object(whole.body()));
    } finally {
      response.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
