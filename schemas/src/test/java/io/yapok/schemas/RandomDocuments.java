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
    maybe(tree, "state", () -> Map.of("features", some(1, () -> name("f"), () -> random.nextBoolean() ? "count" : "seconds_since_last")));
    tree.put("steps", list(1, this::step));
    tree.put("sink", Map.of("topic", "out", "format", random.nextBoolean() ? "json" : "avro"));
    tree.put("rejects", random.nextBoolean() ? "fail" : Map.of("topic", "bad"));
    maybe(tree, "delivery", () -> "at_least_once");
    maybe(tree, "batch", () -> Map.of("records", random.nextInt(1, 1000), "bytes", random.nextInt(1, 1 << 30) + "B", "time", random.nextInt(1, 1000) + "." + random.nextInt(1000) + "ms"));
    maybe(tree, "include", () -> list(1, () -> name("in")));
    maybe(tree, "exclude", () -> list(1, () -> name("ex")));
    return tree;
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
