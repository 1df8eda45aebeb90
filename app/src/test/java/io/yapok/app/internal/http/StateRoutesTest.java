package io.yapok.app.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateRoutesTest {
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private static final Health.Report UP = new Health.Report(true, "all is well");

  private final Map<String, String> asked = new LinkedHashMap<>();
  private int status = 200;
  private ManagementServer server;

  @BeforeEach
  void start() {
    server = ManagementServer.start(new ManagementAddress("127.0.0.1", 0), health(), () -> "", Optional.of(new StateRoutes(questions(), "yapok-1.example:9464")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldPassQuestionsOn() throws Exception {
    var answer = get("/state/cards/scan?prefix=%00a%2B+b&limit=7", "127.0.0.1:9464");

    assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: application/json").contains("{\"question\":\"scan\"}");
    assertThat(asked).containsOnly(Map.entry("prefix", "\0a+ b"), Map.entry("limit", "7"));
  }

  @ParameterizedTest
  @CsvSource({"localhost, 200", "localhost:1, 200", "127.0.0.1, 200", "[::1]:9464, 200", "10.0.0.3:80, 200", "yapok-1.example:9464, 200", "attacker.example, 403", "127.0.0.1.attacker.example, 403", "yapok-1.example, 403"})
  void shouldAnswerNobodyWhoCameByANameThatIsNotOurs(String host, int code) throws Exception {
    assertThat(get("/state/cards/count", host)).startsWith("HTTP/1.1 " + code);
  }

  @Test
  void shouldSayWhenToAskAgain() throws Exception {
    status = 503;

    assertThat(get("/state/cards/get?key=a", "localhost")).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
  }

  @Test
  void shouldSayWhichPipelineItRuns() throws Exception {
    assertThat(get("/state/other/get?key=a", "localhost")).startsWith("HTTP/1.1 404").contains("runs the pipeline cards, not other");
  }

  @Test
  void shouldShowNoStateWhereThatIsNotWanted() throws Exception {
    try (ManagementServer without = ManagementServer.start(new ManagementAddress("127.0.0.1", 0), health(), () -> "")) {
      assertThat(get(without, "/state/cards/get?key=a", "localhost")).startsWith("HTTP/1.1 404").doesNotContain("cards");
    }
  }

  private String get(String path, String host) throws IOException {
    return get(server, path, host);
  }

  /** By hand, since Java's client does not let one choose the header {@code Host}. */
  private static String get(ManagementServer server, String path, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      StringBuilder answer = new StringBuilder();
      while (!isWhole(answer)) {
        int read = socket.getInputStream().read();
        if (read < 0) {
          break;
        }
        answer.append((char) read);
      }
      return answer.toString();
    }
  }

  private static boolean isWhole(StringBuilder answer) {
    int headers = answer.indexOf("\r\n\r\n");
    var length = LENGTH.matcher(answer);
    return headers > 0 && (!length.find() || answer.length() - headers - 4 >= Integer.parseInt(length.group(1)));
  }

  private StateQuestions questions() {
    return new StateQuestions() {
      @Override
      public String pipeline() {
        return "cards";
      }

      @Override
      public Answer ask(String question, Map<String, String> parameters) {
        asked.putAll(parameters);
        return new Answer(status, Map.of("question", question));
      }
    };
  }

  private static Health health() {
    return new Health() {
      @Override
      public Report live() {
        return UP;
      }

      @Override
      public Report ready() {
        return UP;
      }
    };
  }
}
