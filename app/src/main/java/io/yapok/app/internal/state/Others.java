package io.yapok.app.internal.state;

import io.yapok.app.internal.http.StateQuestions.Answer;
import io.yapok.topology.StateView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The other instances of a pipeline that have advertised an address. Any thread may use it. */
public final class Others {
  private final Peers peers;
  private final @Nullable String self;

  /**
   * The others.
   *
   * @param self what this instance advertises; null if nothing
   */
  public Others(Peers peers, @Nullable String self) {
    this.peers = peers;
    this.self = self;
  }

  /**
   * What the others said.
   *
   * @param answers of those that could answer
   * @param partitions that were looked at by their owners, with those of this instance
   * @param failed whether somebody did not answer, or could not
   */
  record Told(List<Answer> answers, Set<Integer> partitions, boolean failed) {}

  /**
   * Asks those that own partitions which are needed and which this instance has not got.
   *
   * @param have what this instance has looked at itself
   * @param enough the answer after which nobody else is asked
   */
  Told ask(StateView view, String question, Map<String, String> parameters, String pipeline, Set<Integer> have, Set<Integer> need, Predicate<Answer> enough) throws InterruptedException {
    Set<Integer> partitions = new HashSet<>(have);
    List<Answer> answers = new ArrayList<>();
    boolean failed = false;
    for (Map.Entry<String, Set<Integer>> owner : view.owners().entrySet()) {
      if (owner.getKey().equals(self) || owner.getValue().stream().noneMatch(partition -> need.contains(partition) && !have.contains(partition))) {
        continue;
      }
      Optional<Answer> answer = peers.ask(owner.getKey(), pipeline, question, parameters);
      if (answer.isEmpty() || !isAnswer(answer.get())) {
        failed = true;
        continue;
      }
      answers.add(answer.get());
      partitions.addAll(partitions(answer.get()));
      if (enough.test(answer.get())) {
        break;
      }
    }
    return new Told(answers, partitions, failed);
  }

  /** Whether it says something of the state: 200, or 404 for a key that is not there, with the partitions that were looked at. */
  private static boolean isAnswer(Answer answer) {
    return (answer.status() == 200 || answer.status() == 404) && answer.body().get(StateService.PARTITIONS) instanceof List<?>;
  }

  private static List<Integer> partitions(Answer answer) {
    Collection<?> named = answer.body().get(StateService.PARTITIONS) instanceof List<?> list ? list : List.of();
    return named.stream().flatMap(number -> number instanceof Long partition ? Optional.of(partition.intValue()).stream() : Optional.<Integer>empty().stream()).toList();
  }
}
