package io.yapok.schemas.internal.document;

import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineState;
import io.yapok.schemas.PipelineState.Dedupe;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Moment;
import io.yapok.schemas.PipelineState.Sequence;
import io.yapok.schemas.PipelineState.Window;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes {@code state} as a tree that reads as the same; empty where nothing is said. A key whose value is the default is left out. */
final class StateTree {
  private StateTree() {}

  static Map<String, Object> of(PipelineState state) {
    Map<String, Object> tree = new LinkedHashMap<>();
    Map<String, Object> features = new LinkedHashMap<>();
    state.features().forEach(feature -> features.put(feature.name().value(), feature(feature)));
    Map<String, Object> sequences = new LinkedHashMap<>();
    state.sequences().forEach(sequence -> sequences.put(sequence.name().value(), sequence(sequence)));
    putUnless(features.isEmpty(), tree, "features", features);
    putUnless(sequences.isEmpty(), tree, "sequence", sequences);
    if (state.dedupe() != null) {
      tree.put("dedupe", dedupe(state.dedupe()));
    }
    putUnless(state.late() == PipelineState.Late.OWN_WINDOW, tree, "late", state.late().label());
    if (state.ttl() != null) {
      tree.put("ttl", millis(state.ttl()));
    }
    putUnless(state.memoryBytes() == PipelineState.DEFAULT_MEMORY_BYTES, tree, "memory", state.memoryBytes() + "B");
    putUnless(state.standbys() == PipelineState.DEFAULT_STANDBYS, tree, "standbys", state.standbys());
    return tree;
  }

  private static Map<String, Object> feature(Feature feature) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("aggregate", feature.aggregate().label());
    if (feature.of() != null) {
      tree.put("of", feature.of().value());
    }
    window(tree, feature.window());
    putUnless(feature.n() == 1, tree, "n", feature.n());
    putUnless(feature.q() == 0.5, tree, "q", feature.q());
    if (feature.halfLife() != null) {
      tree.put("half_life", millis(feature.halfLife()));
    }
    putUnless(feature.at() == Moment.BEFORE, tree, "at", feature.at().label());
    putUnless(Double.compare(feature.fallback(), feature.aggregate().fallback()) == 0, tree, "default", feature.fallback());
    return tree;
  }

  private static void window(Map<String, Object> tree, Window window) {
    switch (window) {
      case Window.Past() -> {}
      case Window.Sliding(var over, int buckets) -> {
        tree.put("over", millis(over));
        tree.put("buckets", buckets);
      }
      case Window.Tumbling(var over) -> {
        tree.put("over", millis(over));
        tree.put("window", "tumbling");
      }
      case Window.Session(var gap) -> {
        tree.put("window", "session");
        tree.put("gap", millis(gap));
      }
    }
  }

  private static Map<String, Object> sequence(Sequence sequence) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("of", sequence.of().stream().map(Located::value).toList());
    tree.put("last", sequence.last());
    tree.put("at", sequence.at().label());
    tree.put("default", (double) sequence.fallback());
    return tree;
  }

  private static Map<String, Object> dedupe(Dedupe dedupe) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (dedupe.by() != null) {
      tree.put("by", dedupe.by().value());
    }
    tree.put("within", millis(dedupe.within()));
    putUnless(dedupe.keep() == PipelineState.DEFAULT_KEEP, tree, "keep", dedupe.keep());
    return tree;
  }

  private static String millis(Duration span) {
    return span.toMillis() + "ms";
  }

  private static void putUnless(boolean isDefault, Map<String, Object> tree, String key, Object value) {
    if (!isDefault) {
      tree.put(key, value);
    }
  }
}
