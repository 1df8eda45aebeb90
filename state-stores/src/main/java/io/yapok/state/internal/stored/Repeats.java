package io.yapok.state.internal.stored;

import io.yapok.schemas.Batch;
import io.yapok.schemas.StateSpec;
import io.yapok.state.Repetition;
import io.yapok.state.StoredAnswer;
import io.yapok.state.internal.part.AnswersPart;
import io.yapok.state.internal.part.Fingerprint;
import io.yapok.state.internal.part.Fingerprints;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which records of the present batch repeat others of their keys. Belongs to one thread. */
public final class Repeats {
  private final Fingerprints fingerprints;
  private final Set<Awaited> awaited = new HashSet<>();
  private final Map<Integer, AnswersPart.Kept> places = new HashMap<>();
  private final Map<Integer, StoredAnswer> earlier = new HashMap<>();

  /** An answer that a record of the batch will have. */
  private record Awaited(KeyRecord key, Fingerprint fingerprint) {}

  /** None yet. */
  public Repeats(StateSpec.DedupeColumn dedupe) {
    this.fingerprints = new Fingerprints(dedupe);
  }

  /** Forgets the batch. */
  public void clear() {
    awaited.clear();
    places.clear();
    earlier.clear();
  }

  /** Whether a record, decoded last, repeats one of its key; if that was answered, its rows are taken back. */
  public Repetition look(Batch batch, int record, KeyRecord key) {
    Awaited like = new Awaited(key, fingerprints.of(batch, record));
    if (awaited.contains(like)) {
      return Repetition.PENDING; // even where an older one was answered: the newest answer counts, and it may be this one's
    }
    StoredAnswer answer = answers(key).find(like.fingerprint, batch.timestamp(record));
    if (answer != null) {
      earlier.put(record, answer);
      batch.discardRowsOfLastRecord();
      return Repetition.ANSWERED;
    }
    awaited.add(like);
    places.put(record, answers(key).place(like.fingerprint, batch.timestamp(record)));
    return Repetition.NONE;
  }

  /** The answer that a record repeats; null if it has one of its own. */
  public @Nullable StoredAnswer earlier(int record) {
    return earlier.get(record);
  }

  /** Keeps what a record was answered. */
  public void answered(int record, StoredAnswer answer) {
    AnswersPart.Kept place = places.get(record);
    if (place != null) {
      place.answered(answer);
    }
  }

  /** Forgets a key's answers, since a tombstone came. */
  public void forget(KeyRecord key) {
    answers(key).clear();
    awaited.removeIf(like -> like.key.equals(key));
  }

  private static AnswersPart answers(KeyRecord key) {
    AnswersPart answers = key.answers();
    if (answers == null) {
      throw new IllegalStateException("the plan keeps no answers");
    }
    return answers;
  }
}
