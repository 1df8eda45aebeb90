package io.yapok.app.internal.rejects;

import io.yapok.app.internal.rejects.RejectGroup.Kind;
import io.yapok.app.internal.rejects.RejectGroup.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rejects counted by reason, step and field. Memory is bounded whatever stands in the topic: beyond {@value #MOST_KINDS} kinds, new fields are counted together. */
final class RejectGroups {
  static final String OTHER_FIELDS = "(other fields)";
  private static final int MOST_KINDS = 1_000;

  /** A reason and step come from a pipeline document, or else from somebody who writes headers as he likes. */
  private static final Kind OTHERS = new Kind("(others)", "", "");

  private final Map<Kind, RejectGroup> groups = new HashMap<>();

  void add(DeadLetter letter, boolean wasReplayed) {
    Kind kind = kind(letter);
    Sample sample = new Sample(letter.place(), letter.record().timestamp(), letter.message());
    groups.merge(
        kind,
        new RejectGroup(kind, 1, wasReplayed ? 1 : 0, sample),
        (old, one) -> new RejectGroup(old.kind(), old.count() + one.count(), old.replayed() + one.replayed(), one.sample()));
  }

  /** The largest first. */
  List<RejectGroup> largestFirst() {
    return groups.values().stream()
        .sorted(Comparator.comparingLong(RejectGroup::count).reversed().thenComparing(group -> group.kind().reason()).thenComparing(group -> group.kind().step()).thenComparing(group -> group.kind().field()))
        .toList();
  }

  private Kind kind(DeadLetter letter) {
    Kind kind = new Kind(letter.reason(), letter.step(), letter.field());
    if (groups.containsKey(kind) || groups.size() < MOST_KINDS) {
      return kind;
    }
    Kind wider = new Kind(letter.reason(), letter.step(), OTHER_FIELDS);
    return groups.containsKey(wider) || groups.size() < 2 * MOST_KINDS ? wider : OTHERS;
  }
}
