package io.yapok.schemas.internal.json;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One name in the tree of the paths that a pipeline reads. Built once and then only read, but for {@link #markSeen} and the guess at the next name: it belongs to one
 * decoder and its thread.
 */
final class FieldNode {
  private final String path;
  private final byte[] name;
  private final int hash;
  private final List<FieldTarget> targets = new ArrayList<>();
  private FieldNode[] children = new FieldNode[0];
  private @Nullable FieldNode[] table = new FieldNode[2];
  private int guess;
  private boolean holdsRows;
  private long seen;

  private FieldNode(String path, byte[] name) {
    this.path = path;
    this.name = name;
    this.hash = hash(name, 0, name.length);
  }

  /** The document itself, or a row. */
  static FieldNode root() {
    return new FieldNode("", new byte[0]);
  }

  /** Lets a field be found under its dotted path and, where a name has dots itself, under the whole of it. */
  void add(String relativePath, FieldTarget target) {
    descend(relativePath).targets.add(target);
    if (relativePath.indexOf('.') >= 0) {
      childNamed(relativePath).targets.add(target);
    }
  }

  /** Marks where the record's rows are. */
  void addRows(String rowsPath) {
    descend(rowsPath).holdsRows = true;
    childNamed(rowsPath).holdsRows = true;
  }

  List<FieldTarget> targets() {
    return targets;
  }

  boolean hasTargets() {
    return !targets.isEmpty();
  }

  boolean holdsRows() {
    return holdsRows;
  }

  boolean hasChildren() {
    return children.length > 0;
  }

  /** Marks that the name was met in the document or row that {@code stamp} stands for. Answers whether it was met there before. */
  boolean markSeen(long stamp) {
    boolean again = seen == stamp;
    seen = stamp;
    return again;
  }

  /** The child of a name in UTF-8, or null. Records tend to have their fields in one order, so the child after the last one found is tried first. */
  @Nullable FieldNode child(byte[] bytes, int from, int to) {
    if (children.length == 0) {
      return null;
    }
    FieldNode likely = children[guess];
    if (likely.isNamed(bytes, from, to)) {
      guess = guess + 1 == children.length ? 0 : guess + 1;
      return likely;
    }
    int mask = table.length - 1;
    int hash = hash(bytes, from, to);
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      FieldNode child = table[i];
      if (child == null) {
        return null;
      }
      if (child.hash == hash && child.isNamed(bytes, from, to)) {
        guessAfter(child);
        return child;
      }
    }
  }

  BadRecordException duplicate() {
    return new BadRecordException(RejectReason.DUPLICATE_FIELD, path, "the field stands twice in one object");
  }

  BadRecordException notAnObject(int first) {
    return new BadRecordException(RejectReason.WRONG_TYPE, path, "an object expected, " + JsonCursor.kind(first) + " came");
  }

  private void guessAfter(FieldNode child) {
    for (int i = 0; i < children.length; i++) {
      if (children[i] == child) {
        guess = i + 1 == children.length ? 0 : i + 1;
        return;
      }
    }
  }

  private boolean isNamed(byte[] bytes, int from, int to) {
    return Arrays.equals(name, 0, name.length, bytes, from, to);
  }

  private FieldNode descend(String relativePath) {
    FieldNode node = this;
    for (String step : relativePath.split("\\.", -1)) {
      node = node.childNamed(step);
    }
    return node;
  }

  private FieldNode childNamed(String childName) {
    byte[] utf8 = childName.getBytes(StandardCharsets.UTF_8);
    FieldNode there = child(utf8, 0, utf8.length);
    if (there != null) {
      return there;
    }
    FieldNode child = new FieldNode(path.isEmpty() ? childName : path + "." + childName, utf8);
    children = Arrays.copyOf(children, children.length + 1);
    children[children.length - 1] = child;
    table = new FieldNode[Integer.highestOneBit(children.length) * 4];
    for (FieldNode each : children) {
      int i = each.hash & (table.length - 1);
      while (table[i] != null) {
        i = (i + 1) & (table.length - 1);
      }
      table[i] = each;
    }
    guess = 0;
    return child;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
