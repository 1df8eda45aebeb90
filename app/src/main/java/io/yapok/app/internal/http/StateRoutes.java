package io.yapok.app.internal.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.yapok.app.internal.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code GET /state/PIPELINE/get}, {@code scan} and {@code count}. */
public final class StateRoutes {
  /** An address, or this machine's own name for itself: what a web page that lets its own name point here cannot send. */
  private static final Pattern PLAIN_HOST = Pattern.compile("(localhost|[0-9.]+|\\[[0-9a-fA-F:.]+])(:[0-9]+)?");

  private static final String RETRY_SECONDS = "1";

  private final StateQuestions state;
  private final String advertised;

  /**
   * Routes to a pipeline's state.
   *
   * @param advertised the name and port under which others ask, beside addresses; may be empty
   */
  public StateRoutes(StateQuestions state, String advertised) {
    this.state = state;
    this.advertised = advertised;
  }

  void route(HttpRouting.Builder routing) {
    routing.get("/state/{pipeline}/{question}", this::answer);
  }

  private void answer(ServerRequest request, ServerResponse response) {
    String host = request.headers().first(HeaderNames.HOST).orElse("");
    if (!PLAIN_HOST.matcher(host).matches() && !host.equals(advertised)) {
      send(response, new StateQuestions.Answer(403, Map.of("error", "ask by an address, or by the name that the instance advertises")));
      return;
    }
    String pipeline = request.path().pathParameters().get("pipeline");
    if (!pipeline.equals(state.pipeline())) {
      send(response, new StateQuestions.Answer(404, Map.of("error", "this instance runs the pipeline " + state.pipeline() + ", not " + pipeline)));
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    request.query().toMap().forEach((name, values) -> parameters.put(name, values.isEmpty() ? "" : values.getFirst()));
    send(response, state.ask(request.path().pathParameters().get("question"), parameters));
  }

  private static void send(ServerResponse response, StateQuestions.Answer answer) {
    response.status(Status.create(answer.status())).header(HeaderNames.CONTENT_TYPE, "application/json").header(HeaderNames.CACHE_CONTROL, "no-store");
    if (answer.status() == 503) {
      response.header(HeaderNames.RETRY_AFTER, RETRY_SECONDS);
    }
    response.send(JsonText.of(answer.body()) + "\n");
  }
}
