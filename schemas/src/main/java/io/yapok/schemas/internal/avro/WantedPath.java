package io.yapok.schemas.internal.avro;

import io.yapok.schemas.internal.field.FieldTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One name in the tree of the paths that a pipeline reads. Built once, then only read. */
final class WantedPath {
  private final String path;
  private final List<Indexed> targets = new ArrayList<>();
  private final Map<String, WantedPath> children = new LinkedHashMap<>();
  private boolean holdsRows;

  private WantedPath(String path) {
    this.path = path;
  }

  /** A target and its place in the decoder's list. */
  record Indexed(FieldTarget target, int index) {}

  /** The record itself, or a row. */
  static WantedPath root() {
    return new WantedPath("");
  }

  /** Lets a target be found under its dotted path and, where a map's key has dots itself, under the whole of it. */
  void add(String relativePath, Indexed target) {
    descend(relativePath).targets.add(target);
    if (relativePath.indexOf('.') >= 0) {
      child(relativePath).targets.add(target);
    }
  }

  /** Marks where the record's rows are. */
  void addRows(String rowsPath) {
    descend(rowsPath).holdsRows = true;
  }

  String path() {
    return path;
  }

  List<Indexed> targets() {
    return targets;
  }

  Map<String, WantedPath> children() {
    return children;
  }

  boolean holdsRows() {
    return holdsRows;
  }

  private WantedPath descend(String relativePath) {
    WantedPath node = this;
    for (String step : relativePath.split("\\.", -1)) {
      node = node.child(step);
    }
    return node;
  }

  private WantedPath child(String name) {
    return children.computeIfAbsent(name, key -> new WantedPath(path.isEmpty() ? key : path + "." + key));
  }
}
