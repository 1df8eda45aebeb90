package io.yapok.app.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.app.internal.EnvironmentException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagementServerTest {
  private static final ManagementAddress ANY_PORT = new ManagementAddress("127.0.0.1", 0);
  private static final Health.Report UP = new Health.Report(true, "all is well");
  private static final Health.Report DOWN = new Health.Report(false, "no broker answers");

  @ParameterizedTest
  @CsvSource({"true, true, 200, 200", "true, false, 200, 503", "false, false, 503, 503"})
  void shouldAnswerForLivenessAndReadinessApart(boolean live, boolean ready, int liveStatus, int readyStatus) throws Exception {
    try (ManagementServer server = ManagementServer.start(ANY_PORT, health(live ? UP : DOWN, ready ? UP : DOWN), () -> "")) {
      assertThat(get(server, "/health/live")).returns(liveStatus, HttpResponse::statusCode).returns(text(live), HttpResponse::body);
      assertThat(get(server, "/health/ready")).returns(readyStatus, HttpResponse::statusCode).returns(text(ready), HttpResponse::body);
    }
  }

  @Test
  void shouldMakeTheMetricsPageAnewAtEachRequest() throws Exception {
    var asked = new AtomicInteger();
    try (ManagementServer server = ManagementServer.start(ANY_PORT, health(UP, UP), () -> "asked " + asked.incrementAndGet() + "\n")) {
      assertThat(get(server, "/metrics").body()).isEqualTo("asked 1\n");
      HttpResponse<String> second = get(server, "/metrics");

      assertThat(second.body()).isEqualTo("asked 2\n");
      assertThat(second.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/plain").contains("0.0.4"));
    }
  }

  @Test
  void shouldAnswerNothingElse() throws Exception {
    try (ManagementServer server = ManagementServer.start(ANY_PORT, health(UP, UP), () -> "")) {
      assertThat(get(server, "/").statusCode()).isEqualTo(404);
      assertThat(get(server, "/metrics/../etc/passwd").statusCode()).isEqualTo(404);
      var post = HttpRequest.newBuilder(uri(server, "/metrics")).POST(HttpRequest.BodyPublishers.ofString("x")).build();
      assertThat(send(post).statusCode()).isBetween(400, 499);
    }
  }

  @Test
  @Timeout(30)
  void shouldCloseEvenWhenItHasHardlyBegun() {
    for (int i = 0; i < 3; i++) {
      ManagementServer server = ManagementServer.start(ANY_PORT, health(UP, UP), () -> "");
      assertThat(server.address().host()).isEqualTo("127.0.0.1");
      server.close();
    }
  }

  @Test
  void shouldSayWhichPortIsTakenAndWhatToDo() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = new ManagementAddress("127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> ManagementServer.start(address, health(UP, UP), () -> ""))
          .isInstanceOfSatisfying(
              EnvironmentException.class,
              e -> assertThat(e.problem().toString()).contains("cannot be listened on", address.toString(), "--management none").doesNotContain("\n"));
    }
  }

  @Test
  void shouldSayWhichHostIsNotHere() {
    var elsewhere = new ManagementAddress("192.0.2.1", 0); // an address kept for documentation

    assertThatThrownBy(() -> ManagementServer.start(elsewhere, health(UP, UP), () -> ""))
        .isInstanceOfSatisfying(EnvironmentException.class, e -> assertThat(e.problem().toString()).contains("192.0.2.1:0"));
  }

  @Test
  void shouldHandTheServersOwnLogToOurs() throws Exception {
    try (ManagementServer server = ManagementServer.start(ANY_PORT, health(UP, UP), () -> "")) {
      var handlers = LogManager.getLogManager().getLogger("").getHandlers();

      assertThat(Arrays.stream(handlers).map(handler -> handler.getClass().getSimpleName())).containsExactly("SLF4JBridgeHandler");
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldGiveThePortBackWhenClosed() throws Exception {
    int port;
    try (ManagementServer server = ManagementServer.start(ANY_PORT, health(UP, UP), () -> "")) {
      port = server.address().port();
    }
    try (ManagementServer again = ManagementServer.start(new ManagementAddress("127.0.0.1", port), health(UP, UP), () -> "")) {
      assertThat(get(again, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  private static String text(boolean up) {
    return up ? "up: all is well\n" : "down: no broker answers\n";
  }

  private static Health health(Health.Report live, Health.Report ready) {
    return new Health() {
      @Override
      public Report live() {
        return live;
      }

      @Override
      public Report ready() {
        return ready;
      }
    };
  }

  private static HttpResponse<String> get(ManagementServer server, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(server, path)).build());
  }

  private static URI uri(ManagementServer server, String path) {
    return URI.create("http://" + server.address() + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
