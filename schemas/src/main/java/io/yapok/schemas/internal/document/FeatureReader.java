package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.Choice;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineState.Aggregate;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Moment;
import io.yapok.schemas.PipelineState.Window;
import io.yapok.schemas.Where;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one feature of the state: a word, or a mapping. */
final class FeatureReader {
  private static final int MAX_BUCKETS = 1000;
  private static final int MAX_LAST = 1000;
  private static final int MAX_TOP = 100;
  private static final List<String> AGGREGATES = Arrays.stream(Aggregate.values()).map(Choice::label).toList();
  private static final List<String> WINDOWS = List.of("sliding", "tumbling", "session");

  /** What needs nothing but its name. */
  private static final Set<Aggregate> WORDS = Set.of(Aggregate.COUNT, Aggregate.SECONDS_SINCE_LAST);

  private static final Set<Aggregate> WITH_FALLBACK =
      Set.of(Aggregate.MEAN, Aggregate.VARIANCE, Aggregate.MIN, Aggregate.MAX, Aggregate.LAST, Aggregate.EWMA, Aggregate.QUANTILE, Aggregate.SECONDS_SINCE_LAST);

  private final Words words;
  private final Names names;
  private final Quantities quantities;
  private final ProblemList problems;

  FeatureReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.names = names;
    this.quantities = new Quantities(words);
    this.problems = problems;
  }

  /** Whether a value is a feature written as a word. */
  static boolean isWord(Yaml value) {
    return value instanceof Yaml.Scalar word && WORDS.stream().anyMatch(aggregate -> aggregate.label().equals(word.text()));
  }

  /** The feature; null after reporting what is wrong. */
  @Nullable Feature feature(Located<String> name, Yaml value) {
    if (value instanceof Yaml.Scalar) {
      return word(name, value);
    }
    Entries entries = Entries.of(value, "the feature", Keys.FEATURE, problems).orElse(null);
    Aggregate aggregate = entries == null ? null : aggregate(entries.require("aggregate", "mean"));
    if (entries == null || aggregate == null) {
      return null;
    }
    int before = problems.size();
    refuseWhatMeansNothing(entries, aggregate);
    Located<String> of = of(entries, aggregate);
    Window window = aggregate.takesWindow() ? window(entries, aggregate) : new Window.Past();
    int n = n(entries, aggregate);
    double q = q(entries, aggregate);
    Duration halfLife = aggregate == Aggregate.EWMA ? quantities.span(entries.require("half_life", "10min"), "half_life") : null;
    Moment at = words.choice(entries.get("at"), "at", Moment.class, Moment.BEFORE);
    double fallback = words.number(entries.get("default"), "the default", aggregate.fallback());
    return problems.size() > before ? null : new Feature(name, aggregate, of, window, n, q, halfLife, at, fallback, entries.where());
  }

  private @Nullable Feature word(Located<String> name, Yaml value) {
    Aggregate aggregate = aggregate(value);
    if (aggregate == null) {
      return null;
    }
    if (!WORDS.contains(aggregate)) {
      problems.add("the feature does not say of what it is the " + aggregate.label(), value.where(), "write {aggregate: " + aggregate.label() + ", of: FIELD}");
      return null;
    }
    return new Feature(name, aggregate, null, new Window.Past(), 1, 0.5, null, Moment.BEFORE, aggregate.fallback(), value.where());
  }

  private @Nullable Aggregate aggregate(@Nullable Yaml value) {
    Located<String> word = words.choice(value, "the feature", AGGREGATES);
    return word == null ? null : Aggregate.valueOf(word.value().toUpperCase(Locale.ROOT));
  }

  private void refuseWhatMeansNothing(Entries entries, Aggregate aggregate) {
    refuse(entries, "of", aggregate.takesField(), aggregate);
    for (String key : List.of("over", "window", "buckets", "gap")) {
      refuse(entries, key, aggregate.takesWindow(), aggregate);
    }
    refuse(entries, "n", aggregate == Aggregate.LAST || aggregate == Aggregate.TOP, aggregate);
    refuse(entries, "q", aggregate == Aggregate.QUANTILE, aggregate);
    refuse(entries, "half_life", aggregate == Aggregate.EWMA, aggregate);
    refuse(entries, "default", WITH_FALLBACK.contains(aggregate), aggregate);
  }

  private void refuse(Entries entries, String key, boolean allowed, Aggregate aggregate) {
    if (!allowed) {
      refuseIn(entries, key, aggregate.label());
    }
  }

  private @Nullable Located<String> of(Entries entries, Aggregate aggregate) {
    return aggregate.takesField() ? names.path(words.text(entries.require("of", "amount"), "of")) : null;
  }

  private Window window(Entries entries, Aggregate aggregate) {
    Located<String> kind = words.choice(entries.get("window"), "the window", WINDOWS);
    String word = kind == null ? "sliding" : kind.value();
    if (word.equals("session")) {
      return session(entries);
    }
    refuseIn(entries, "gap", "a window that is not a session");
    if (entries.get("over") == null) {
      if (kind != null || aggregate == Aggregate.RATE) {
        entries.require("over", "1h");
      }
      refuseIn(entries, "buckets", "what has no window");
      return new Window.Past();
    }
    Duration over = quantities.span(entries.get("over"), "over");
    if (word.equals("tumbling")) {
      refuseIn(entries, "buckets", "a tumbling window");
      return over == null ? new Window.Past() : new Window.Tumbling(over);
    }
    return sliding(entries, over);
  }

  private Window sliding(Entries entries, @Nullable Duration over) {
    Located<Integer> given = words.whole(entries.get("buckets"), "buckets", 2, MAX_BUCKETS);
    int buckets = given == null ? PipelineState.DEFAULT_BUCKETS : given.value();
    if (over == null) {
      return new Window.Past();
    }
    if (over.toMillis() % buckets != 0) {
      Where where = given == null ? entries.where() : given.where();
      problems.add("over is " + over.toMillis() + "ms, which " + buckets + " buckets do not divide into whole milliseconds", where, "write buckets that divide it");
    }
    return new Window.Sliding(over, buckets);
  }

  private Window session(Entries entries) {
    refuseIn(entries, "over", "a session");
    refuseIn(entries, "buckets", "a session");
    Duration gap = quantities.span(entries.require("gap", "30min"), "gap");
    return gap == null ? new Window.Past() : new Window.Session(gap);
  }

  private void refuseIn(Entries entries, String key, String what) {
    Yaml value = entries.get(key);
    if (value != null) {
      problems.add("\"" + key + "\" means nothing for " + what, value.where(), "remove it");
    }
  }

  private int n(Entries entries, Aggregate aggregate) {
    int most = aggregate == Aggregate.TOP ? MAX_TOP : MAX_LAST;
    Located<Integer> n = words.whole(entries.get("n"), "n", 1, most);
    return n == null ? 1 : n.value();
  }

  private double q(Entries entries, Aggregate aggregate) {
    double q = words.number(entries.get("q"), "q", 0.5);
    if (aggregate == Aggregate.QUANTILE && (q < 0 || q > 1)) {
      problems.add("q is " + q, entries.where(), "write a number from 0 to 1");
    }
    return q;
  }
}
