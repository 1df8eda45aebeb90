package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineState.Dedupe;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Late;
import io.yapok.schemas.PipelineState.Moment;
import io.yapok.schemas.PipelineState.Sequence;
import io.yapok.schemas.Where;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is remembered: {@code state}. */
final class StateReader {
  private static final int MAX_STANDBYS = 10;
  private static final int MAX_LAST = 10_000;
  private static final int MAX_KEEP = 1000;
  private static final long MIN_MEMORY = 16L << 20;

  private final Words words;
  private final Lists lists;
  private final Names names;
  private final FeatureReader features;
  private final ProblemList problems;

  StateReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.features = new FeatureReader(words, names, problems);
    this.problems = problems;
  }

  PipelineState state(@Nullable Yaml value, Where absent) {
    if (value instanceof Yaml.Mapping mapping && mapping.entries().stream().allMatch(entry -> FeatureReader.isWord(entry.value()))) {
      String example = mapping.entries().isEmpty() ? "seen: count" : mapping.entries().getFirst().key() + ": ...";
      String what = mapping.entries().isEmpty() ? "the state remembers nothing" : "the state lists features at its top";
      problems.add(what, mapping.where(), "write state: {features: {" + example + "}}");
      return PipelineState.none(absent);
    }
    Entries state = Entries.of(value, "the state", Keys.STATE, problems).orElse(null);
    if (state == null) {
      return PipelineState.none(absent);
    }
    List<Feature> read = features(state.get("features"));
    Quantities quantities = new Quantities(words);
    Late late = words.choice(state.get("late"), "late", Late.class, Late.OWN_WINDOW);
    Duration ttl = quantities.span(state.get("ttl"), "ttl");
    long memory = quantities.bytes(state.get("memory"), "memory", PipelineState.DEFAULT_MEMORY_BYTES);
    if (memory < MIN_MEMORY) {
      problems.add("memory is " + memory + " bytes", state.where().entry("memory"), "write 16MiB or more");
    }
    Located<Integer> standbys = words.whole(state.get("standbys"), "standbys", 0, MAX_STANDBYS);
    int copies = standbys == null ? PipelineState.DEFAULT_STANDBYS : standbys.value();
    return new PipelineState(read, sequences(state.get("sequence"), read), dedupe(state.get("dedupe")), late, ttl, memory, copies, state.where());
  }

  private @Nullable Dedupe dedupe(@Nullable Yaml value) {
    Entries entries = Entries.of(value, "dedupe", Keys.DEDUPE, problems).orElse(null);
    if (entries == null) {
      return null;
    }
    Located<String> by = names.path(words.text(entries.get("by"), "by"));
    Duration within = new Quantities(words).span(entries.require("within", "1h"), "within");
    Located<Integer> keep = words.whole(entries.get("keep"), "keep", 1, MAX_KEEP);
    return within == null ? null : new Dedupe(by, within, keep == null ? PipelineState.DEFAULT_KEEP : keep.value(), entries.where());
  }

  private List<Feature> features(@Nullable Yaml value) {
    List<Feature> read = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, "state.features", "{seen: count}")) {
      Located<String> name = names.identifier(new Located<>(entry.key(), entry.where()), "a feature's name");
      Feature feature = name == null ? null : features.feature(name, entry.value());
      if (feature != null) {
        read.add(feature);
      }
    }
    return read;
  }

  private List<Sequence> sequences(@Nullable Yaml value, List<Feature> read) {
    List<Sequence> sequences = new ArrayList<>();
    long numbers = 0;
    for (Yaml.Entry entry : lists.entries(value, "state.sequence", "{history: {of: [x], last: 16}}")) {
      Located<String> name = names.identifier(new Located<>(entry.key(), entry.where()), "a sequence's name");
      Sequence sequence = name == null ? null : sequence(name, entry.value(), numbers);
      if (sequence != null && read.stream().anyMatch(feature -> feature.name().value().equals(entry.key()))) {
        problems.add("\"" + entry.key() + "\" is a feature too", entry.where(), "give one of the two another name");
      } else if (sequence != null) {
        sequences.add(sequence);
        numbers += sequence.numbers();
      }
    }
    return sequences;
  }

  private @Nullable Sequence sequence(Located<String> name, Yaml value, long earlier) {
    Entries entries = Entries.of(value, "the sequence", Keys.SEQUENCE, problems).orElse(null);
    if (entries == null) {
      return null;
    }
    List<Located<String>> of = new ArrayList<>();
    for (Located<String> field : lists.texts(entries.require("of", "[temperature]"), "of")) {
      Located<String> path = names.path(field);
      if (path != null) {
        of.add(path);
      }
    }
    Located<Integer> last = words.whole(entries.require("last", "16"), "last", 1, MAX_LAST);
    Moment at = words.choice(entries.get("at"), "at", Moment.class, Moment.AFTER);
    float fallback = (float) words.number(entries.get("default"), "the default", 0);
    if (of.isEmpty() || last == null) {
      return null;
    }
    Sequence sequence = new Sequence(name, of, last.value(), at, fallback, entries.where());
    long numbers = earlier + sequence.numbers();
    if (numbers > PipelineState.MAX_NUMBERS) {
      String what = "the sequences have " + numbers + " numbers a key";
      problems.add(what, last.where(), "write fewer rows or fields: at most " + PipelineState.MAX_NUMBERS + " numbers in all sequences");
      return null;
    }
    return sequence;
  }
}
