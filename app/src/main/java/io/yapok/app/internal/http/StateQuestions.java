package io.yapok.app.internal.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the management port is asked of a pipeline's state; answered on the HTTP server's threads. */
public interface StateQuestions {
  /** The pipeline that is asked. */
  String pipeline();

  /**
   * Answers one question.
   *
   * @param question what the path says: {@code get}, {@code scan} or {@code count}
   * @param parameters the query's, by name; a name that is given twice has its first value
   */
  Answer ask(String question, Map<String, String> parameters);

  /**
   * An answer.
   *
   * @param status 200, or 404 where nothing is remembered; 400 for a question that is none; 503 while nobody can say, to be asked again in a second
   * @param body a JSON object
   */
  record Answer(int status, Map<String, @Nullable Object> body) {}
}
