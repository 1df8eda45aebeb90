package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.http.StateQuestions.Answer;
import io.yapok.app.internal.state.Peers;
import io.yapok.schemas.PipelineDocument;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which instance is asked for state. It asks others where it must. */
final class StateEndpoint {
  /** Partitions that move are there again within seconds, as a rule. */
  private static final int TRIES = 10;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private PipelineFile file = new PipelineFile();

  @Option(names = "--endpoint", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:9464", description = "An instance's management port; ${DEFAULT-VALUE} if left out.")
  private String endpoint = "";

  /**
   * Asks, and again for a while where the instance says that it cannot tell now.
   *
   * @return an answer with status 200, or 404 for a key that is not there
   * @throws EnvironmentException if there is no answer now
   */
  Answer ask(String question, Map<String, String> parameters) throws InterruptedException {
    String pipeline = PipelineDocument.read(file.path()).name().value();
    Answer answer;
    try (Peers peers = new Peers()) {
      answer = ask(peers, pipeline, question, parameters);
      for (int tries = 1; answer.status() == 503 && tries < TRIES; tries++) {
        Thread.sleep(PAUSE);
        answer = ask(peers, pipeline, question, parameters);
      }
    }
    Object error = answer.body().get("error");
    if (error != null || (answer.status() != 200 && answer.status() != 404)) {
      throw new EnvironmentException(String.valueOf(error == null ? "the instance says " + answer.status() : error), endpoint, answer.status() == 503 ? "ask again in a moment" : "look at the question");
    }
    return answer;
  }

  private Answer ask(Peers peers, String pipeline, String question, Map<String, String> parameters) throws InterruptedException {
    return peers
        .ask(endpoint, pipeline, question, parameters)
        .orElseThrow(() -> new EnvironmentException("no instance answers", endpoint, "give an instance's management port: --endpoint HOST:PORT"));
  }
}
