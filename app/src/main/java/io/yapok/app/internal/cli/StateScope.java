package io.yapok.app.internal.cli;

import io.yapok.app.internal.http.StateQuestions.Answer;
import java.io.PrintWriter;

/** Says of which partitions an answer is where it is not of all. */
final class StateScope {
  private StateScope() {}

  static void tell(Answer answer, PrintWriter err) {
    if (!"owner".equals(answer.body().get("from"))) {
      err.println("note: only of the partitions " + answer.body().get("partitions") + "; the other instances advertise no address");
    }
  }
}
