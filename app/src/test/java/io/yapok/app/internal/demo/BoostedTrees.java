package io.yapok.app.internal.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient-boosted trees for a yes or no, as in T. Chen, C. Guestrin, "XGBoost: A Scalable Tree
 * Boosting System" (2016), sections 2 and 3.3: second-order gains over binned columns, logistic loss.
 * One thread, sums in a fixed order, {@link StrictMath}: equal examples give equal trees.
 *
 * @param bias log-odds before any tree
 */
record BoostedTrees(float bias, List<Tree> trees) {
  private static final int TREES = 30;
  private static final int DEPTH = 4;
  private static final double LEARNING_RATE = 0.25;
  private static final double L2 = 1;
  private static final double LEAST_WEIGHT = 1;

  static BoostedTrees train(Examples examples) {
    return new Training(examples).run();
  }

  /** The sum over all trees, whose logistic function is the probability. */
  float logOdds(float[][] columns, int row) {
    float sum = bias;
    for (Tree tree : trees) {
      sum += tree.value(columns, row);
    }
    return sum;
  }

  /** What training works on: for each row its gradient and its weight under the trees so far. */
  private static final class Training {
    private final Examples examples;
    private final Binning[] binnings;
    private final double[] logOdds;
    private final double[] gradients;
    private final double[] weights;

    /** Rows, those of one node side by side. */
    private final int[] rows;

    private final int[] spare;

    Training(Examples examples) {
      this.examples = examples;
      int count = examples.count();
      this.binnings = Arrays.stream(examples.columns).map(Binning::new).toArray(Binning[]::new);
      this.logOdds = new double[count];
      this.gradients = new double[count];
      this.weights = new double[count];
      this.rows = new int[count];
      this.spare = new int[count];
    }

    BoostedTrees run() {
      float bias = bias();
      Arrays.fill(logOdds, bias);
      List<Tree> trees = new ArrayList<>();
      for (int made = 0; made < TREES; made++) {
        differentiate();
        Arrays.setAll(rows, row -> row);
        Tree tree = grow(0, rows.length, DEPTH);
        for (int row = 0; row < rows.length; row++) {
          logOdds[row] += tree.value(examples.columns, row);
        }
        trees.add(tree);
      }
      return new BoostedTrees(bias, List.copyOf(trees));
    }

    private float bias() {
      int frauds = 0;
      for (int row = 0; row < examples.count(); row++) {
        frauds += examples.isFraud(row) ? 1 : 0;
      }
      return Tree.grained(StrictMath.log((double) frauds / (examples.count() - frauds)));
    }

    private void differentiate() {
      for (int row = 0; row < logOdds.length; row++) {
        double probability = 1 / (1 + StrictMath.exp(-logOdds[row]));
        gradients[row] = probability - (examples.isFraud(row) ? 1 : 0);
        weights[row] = probability * (1 - probability);
      }
    }

    private Tree grow(int from, int to, int depth) {
      Sums all = new Sums();
      for (int index = from; index < to; index++) {
        all.add(gradients[rows[index]], weights[rows[index]]);
      }
      Cut best = depth == 0 ? Cut.NONE : bestCut(from, to, all);
      if (best.gain() <= 0) {
        return new Tree.Leaf(Tree.grained(-LEARNING_RATE * all.gradient / (all.weight + L2)));
      }
      int middle = partition(from, to, best);
      float bound = binnings[best.feature()].bound(best.bin());
      Tree low = grow(from, middle, depth - 1);
      Tree high = grow(middle, to, depth - 1);
      return new Tree.Split(best.feature(), bound, low, high);
    }

    private Cut bestCut(int from, int to, Sums all) {
      Cut best = Cut.NONE;
      for (int feature = 0; feature < binnings.length; feature++) {
        Cut cut = bestCut(feature, histogram(feature, from, to), all);
        best = cut.gain() > best.gain() ? cut : best;
      }
      return best;
    }

    private Sums[] histogram(int feature, int from, int to) {
      Sums[] histogram = new Sums[binnings[feature].size()];
      Arrays.setAll(histogram, bin -> new Sums());
      byte[] bins = binnings[feature].bins;
      for (int index = from; index < to; index++) {
        int row = rows[index];
        histogram[bins[row]].add(gradients[row], weights[row]);
      }
      return histogram;
    }

    private static Cut bestCut(int feature, Sums[] histogram, Sums all) {
      Cut best = Cut.NONE;
      Sums low = new Sums();
      Sums high = new Sums();
      for (int bin = 0; bin < histogram.length - 1; bin++) {
        low.add(histogram[bin].gradient, histogram[bin].weight);
        high.gradient = all.gradient - low.gradient;
        high.weight = all.weight - low.weight;
        if (low.weight >= LEAST_WEIGHT && high.weight >= LEAST_WEIGHT) {
          double gain = low.score() + high.score() - all.score();
          best = gain > best.gain() ? new Cut(gain, feature, bin) : best;
        }
      }
      return best;
    }

    /** Moves rows of low bins to the front, keeping their order, and answers where the others begin. */
    private int partition(int from, int to, Cut cut) {
      byte[] bins = binnings[cut.feature()].bins;
      int middle = from;
      int others = 0;
      for (int index = from; index < to; index++) {
        int row = rows[index];
        if (bins[row] <= cut.bin()) {
          rows[middle++] = row;
        } else {
          spare[others++] = row;
        }
      }
      System.arraycopy(spare, 0, rows, middle, others);
      return middle;
    }
  }

  /** Splits a node after a bin of a feature; the gain is what the loss falls by. */
  private record Cut(double gain, int feature, int bin) {
    static final Cut NONE = new Cut(0, -1, -1);
  }

  private static final class Sums {
    private double gradient;
    private double weight;

    void add(double moreGradient, double moreWeight) {
      gradient += moreGradient;
      weight += moreWeight;
    }

    double score() {
      return gradient * gradient / (weight + L2);
    }
  }
}
