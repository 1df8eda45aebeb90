package io.yapok.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Pipeline documents with any of the keys there are, as maps and lists. */
final class RandomDocuments {
  private static final List<Object> LITERALS =
      List.of(true, false, 0L, -7L, Long.MIN_VALUE, Long.MAX_VALUE, 0.5, -0.0, 5e-324, 1.7976931348623157e308, 1e22, "", "1", "true", "null", "~", "a: b # c", "- [x]", "\u00fc\n\"\\", "\ud83d\ude00");

  private final Random random;
  private int names;

  RandomDocuments(Random random) {
    this.random = random;
  }

  Map<String, Object> next() {
    names = 0;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", "p" + random.nextInt(1000));
    tree.put("source", source());
    maybe(tree, "tables", () -> some(1, () -> name("table"), this::table));
    maybe(tree, "state", this::state);
    tree.put("steps", list(1, this::step));
    Map<String, Object> sink = new LinkedHashMap<>(Map.of("topic", "out", "format", random.nextBoolean() ? "json" : "avro"));
    maybe(sink, "only", () -> "f" + random.nextInt(10) + " > 1");
    tree.put("sink", sink);
    tree.put("rejects", random.nextBoolean() ? "fail" : Map.of("topic", "bad"));
    maybe(tree, "delivery", () -> "at_least_once");
    maybe(tree, "batch", () -> Map.of("records", random.nextInt(1, 1000), "bytes", random.nextInt(1, 1 << 30) + "B", "time", random.nextInt(1, 1000) + "." + random.nextInt(1000) + "ms"));
    maybe(tree, "include", () -> list(1, () -> name("in")));
    maybe(tree, "exclude", () -> list(1, () -> name("ex")));
    return tree;
  }

  private Map<String, Object> state() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("features", some(1, () -> name("f"), this::feature));
    maybe(tree, "sequence", () -> some(1, () -> name("s"), () -> Map.of("of", list(1, () -> name("field")), "last", random.nextInt(1, 100), "at", moment(), "default", 0.5)));
    maybe(tree, "dedupe", () -> random.nextBoolean() ? Map.of("within", "5min") : Map.of("by", name("field"), "within", "1.5s", "keep", random.nextInt(1, 1000)));
    maybe(tree, "late", () -> List.of("drop", "own_window", "newest_window").get(random.nextInt(3)));
    maybe(tree, "ttl", () -> random.nextInt(1, 100) + "d");
    maybe(tree, "memory", () -> random.nextInt(16, 100) + "MiB");
    maybe(tree, "standbys", () -> random.nextInt(3));
    return tree;
  }

  private Object feature() {
    return switch (random.nextInt(8)) {
      case 0 -> "count";
      case 1 -> "seconds_since_last";
      case 2 -> Map.of("aggregate", "seconds_since_last", "default", random.nextGaussian(), "at", moment());
      case 3 -> Map.of("aggregate", "mean", "of", name("field"), "over", random.nextInt(1, 100) + "h", "buckets", random.nextBoolean() ? 12 : 60);
      case 4 -> Map.of("aggregate", "rate", "over", random.nextInt(1, 100) + "min", "window", "tumbling", "at", moment());
      case 5 -> Map.of("aggregate", "quantile", "of", name("field"), "window", "session", "gap", "1.5s", "q", random.nextDouble());
      case 6 -> Map.of("aggregate", "ewma", "of", name("field"), "half_life", random.nextInt(1, 1000) + "ms", "default", -0.0);
      default -> Map.of("aggregate", random.nextBoolean() ? "last" : "top", "of", name("field"), "n", random.nextInt(1, 100));
    };
  }

  private String moment() {
    return random.nextBoolean() ? "before" : "after";
  }

  private Map<String, Object> source() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("topic", "in");
    maybe(tree, "format", () -> random.nextBoolean() ? "json" : "avro");
    maybe(tree, "key", () -> "customer.id");
    tree.put("rows", "items");
    maybe(tree, "tombstone", () -> "pass");
    maybe(tree, "fields", () -> some(1, () -> name("field. x".replace(" ", "")), this::field));
    return tree;
  }

  private Map<String, Object> table() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("topic", name("rows"));
    maybe(tree, "format", () -> random.nextBoolean() ? "json" : "avro");
    if (random.nextBoolean()) {
      tree.put("global", true);
      maybe(tree, "by", () -> "item.id");
    } else if (random.nextBoolean()) {
      tree.put("as_of", "record");
      maybe(tree, "history", () -> random.nextInt(1, 1000) + List.of("ms", "s", "min", "h", "d").get(random.nextInt(5)));
    }
    tree.put("fields", some(1, () -> name("f"), () -> random.nextBoolean() ? "text" : Map.of("type", "float32", "shape", List.of(random.nextInt(1, 9)), "default", random.nextGaussian())));
    return tree;
  }

  private Object field() {
    return switch (random.nextInt(4)) {
      case 0 -> "float32";
      case 1 -> Map.of("type", "text", "default", "none");
      case 2 -> Map.of("type", "float64", "shape", list(1, () -> random.nextBoolean() ? "?" : (Object) random.nextInt(1, 5)), "default", random.nextBoolean() ? (Object) 5L : (Object) random.nextGaussian());
      default -> Map.of("type", "json", "default", literal());
    };
  }

  private Map<String, Object> step() {
    Map<String, Object> tree = new LinkedHashMap<>();
    switch (random.nextInt(4)) {
      case 0 -> putModel(tree);
      case 1 -> tree.put("transform", some(1, () -> name("t"), () -> "score * " + random.nextInt()));
      case 2 -> tree.put("validate", some(1, () -> name("v"), () -> "score > \"x: #\""));
      default -> {
        Map<String, Object> rank = new LinkedHashMap<>(Map.of("by", "score", "fields", list(1, () -> name("r"))));
        maybe(rank, "keep", () -> random.nextInt(1, 100));
        maybe(rank, "descending", random::nextBoolean);
        tree.put("rank", rank);
      }
    }
    maybe(tree, "name", () -> name("step"));
    return tree;
  }

  private void putModel(Map<String, Object> tree) {
    tree.put("model", name("m") + List.of(".onnx", "", "/3", "/007").get(random.nextInt(4)));
    maybe(tree, "inputs", () -> some(1, () -> name("input "), () -> random.nextBoolean() ? "plain" : list(1, this::inputField)));
    maybe(tree, "outputs", () -> some(1, () -> name("out:"), () -> name("o")));
    maybe(tree, "rows", () -> random.nextInt(1, 10));
    maybe(tree, "deterministic", random::nextBoolean);
    maybe(tree, "nonfinite", () -> "allow");
    maybe(tree, "state", () -> some(1, () -> name("h in:"), () -> name("h_out")));
  }

  private Object inputField() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("field", name("input.") + ".y");
    maybe(tree, "default", this::literal);
    maybe(tree, "cast", () -> "int64");
    if (random.nextBoolean()) {
      maybe(tree, "scale", random::nextGaussian);
      maybe(tree, "offset", () -> random.nextBoolean() ? -0.0 : (Object) random.nextInt());
      return tree;
    }
    tree.put("vocabulary", random.nextBoolean() ? "words.txt" : List.of(literal(), name("word"), 77L, 1.5e-7));
    maybe(tree, "one_hot", () -> random.nextBoolean() ? true : (Object) random.nextInt(10, 20));
    return tree;
  }

  private Object literal() {
    return LITERALS.get(random.nextInt(LITERALS.size()));
  }

  private String name(String start) {
    return start + names++;
  }

  private void maybe(Map<String, Object> tree, String key, Supplier<Object> value) {
    if (random.nextBoolean()) {
      tree.put(key, value.get());
    }
  }

  private List<Object> list(int least, Supplier<Object> element) {
    List<Object> list = new ArrayList<>();
    for (int i = random.nextInt(least, least + 4); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private Map<String, Object> some(int least, Supplier<String> key, Supplier<Object> value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(least, least + 4); i > 0; i--) {
      map.put(key.get(), value.get());
    }
    return map;
  }
}
