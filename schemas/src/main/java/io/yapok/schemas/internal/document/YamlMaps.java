package io.yapok.schemas.internal.document;

import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A document that came as maps and lists, not as text, as the tree that its readers take. */
final class YamlMaps {
  private YamlMaps() {}

  /**
   * The tree of maps, lists, text, whole numbers, doubles and truth values.
   *
   * @throws IllegalArgumentException if there is anything else in it
   */
  static Yaml tree(Object value, Where where) {
    return switch (value) {
      case Map<?, ?> map -> mapping(map, where);
      case List<?> list -> sequence(list, where);
      case String text -> new Yaml.Scalar(text, Yaml.Type.TEXT, where);
      case Boolean truth -> new Yaml.Scalar(truth.toString(), Yaml.Type.TRUTH, where);
      case Integer whole -> new Yaml.Scalar(whole.toString(), Yaml.Type.WHOLE, where);
      case Long whole -> new Yaml.Scalar(whole.toString(), Yaml.Type.WHOLE, where);
      case Double real -> new Yaml.Scalar(real.toString(), Yaml.Type.REAL, where);
      default -> throw new IllegalArgumentException("no document has a " + value.getClass());
    };
  }

  private static Yaml mapping(Map<?, ?> map, Where where) {
    List<Yaml.Entry> entries = new ArrayList<>();
    long size = 1;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = entry.getKey().toString();
      Yaml value = tree(entry.getValue(), where.entry(key));
      entries.add(new Yaml.Entry(key, where.entry(key), value));
      size += value.size();
    }
    return new Yaml.Mapping(entries, where, size);
  }

  private static Yaml sequence(List<?> list, Where where) {
    List<Yaml> elements = new ArrayList<>();
    long size = 1;
    for (Object element : list) {
      Yaml value = tree(element, where.element(elements.size()));
      elements.add(value);
      size += value.size();
    }
    return new Yaml.Sequence(elements, where, size);
  }
}
