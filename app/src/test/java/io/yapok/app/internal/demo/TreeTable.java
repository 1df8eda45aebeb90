package io.yapok.app.internal.demo;

import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Trees as the columns that ONNX's {@code TreeEnsemble} operator (ai.onnx.ml 5) wants. */
final class TreeTable {
  private static final int SUM = 1;

  private final List<Long> roots = new ArrayList<>();
  private final List<Inner> inners = new ArrayList<>();
  private final List<Float> leaves = new ArrayList<>();

  /** A place in one of the two tables. */
  private record Reference(boolean isLeaf, long place) {}

  /** A split whose children have places. */
  private record Inner(Tree.Split split, Reference low, Reference high) {}

  /** Adds a tree of at least one split. */
  void add(Tree tree) {
    roots.add(place(tree).place());
  }

  Node toNode() {
    int count = inners.size();
    float[] bounds = new float[count];
    for (int place = 0; place < count; place++) {
      bounds[place] = inners.get(place).split().bound();
    }
    float[] values = new float[leaves.size()];
    for (int place = 0; place < values.length; place++) {
      values[place] = leaves.get(place);
    }
    Initializer modes = // BRANCH_LEQ, which is 0
        Initializer.bytes("", ElementType.UINT8, List.of((long) count), new byte[count]);
    return Node.ml("TreeEnsemble")
        .with("aggregate_function", SUM)
        .with("n_targets", 1)
        .with(Attribute.ints("tree_roots", array(roots)))
        .with(Attribute.ints("nodes_featureids", column(inner -> inner.split().feature())))
        .with(Attribute.of("nodes_splits", Initializer.floats("", List.of((long) count), bounds)))
        .with(Attribute.of("nodes_modes", modes))
        .with(Attribute.ints("nodes_trueleafs", column(inner -> inner.low().isLeaf() ? 1 : 0)))
        .with(Attribute.ints("nodes_truenodeids", column(inner -> inner.low().place())))
        .with(Attribute.ints("nodes_falseleafs", column(inner -> inner.high().isLeaf() ? 1 : 0)))
        .with(Attribute.ints("nodes_falsenodeids", column(inner -> inner.high().place())))
        .with(Attribute.ints("leaf_targetids", new long[values.length]))
        .with(Attribute.of("leaf_weights", Initializer.floats("", List.of((long) values.length), values)));
  }

  private Reference place(Tree tree) {
    return switch (tree) {
      case Tree.Leaf(float value) -> {
        leaves.add(value);
        yield new Reference(true, leaves.size() - 1);
      }
      case Tree.Split split -> {
        Reference low = place(split.low());
        Reference high = place(split.high());
        inners.add(new Inner(split, low, high));
        yield new Reference(false, inners.size() - 1);
      }
    };
  }

  private long[] column(ToLongFunction<Inner> value) {
    return inners.stream().mapToLong(value).toArray();
  }

  private static long[] array(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }
}
