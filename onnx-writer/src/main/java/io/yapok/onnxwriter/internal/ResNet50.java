package io.yapok.onnxwriter.internal;

import static io.yapok.onnxwriter.OnnxType.tensor;

import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import java.util.List;

/**
 * The graph of ResNet-50, version 1.5 (He et al., "Deep Residual Learning for Image Recognition", 2016; the stride of a block in its 3 x 3 convolution), with
 * batch normalisation folded into the convolutions as exporters do it, and seeded weights.
 */
public final class ResNet50 {
  private static final int SIDE = 224;
  private static final int CLASSES = 1000;
  private static final int[] BLOCKS = {3, 4, 6, 3};
  private static final int STEM = 64;
  private static final int EXPANSION = 4;

  private final SeededWeights weights;
  private final Graph.Builder graph = Graph.named("resnet50");
  private int nodes;

  /** A network whose weights come from this seed. */
  public ResNet50(long seed) {
    this.weights = new SeededWeights(seed);
  }

  /** Builds it; once. */
  public OnnxModel toModel() {
    graph.input("x", tensor(ElementType.FLOAT, Dim.rows(), Dim.of(3), Dim.of(SIDE), Dim.of(SIDE)));
    String value = relu(convolution("x", 3, STEM, 7, 2));
    value = node(Node.of("MaxPool").in(value).with(Attribute.ints("kernel_shape", 3, 3)).with(Attribute.ints("strides", 2, 2)).with(Attribute.ints("pads", 1, 1, 1, 1)));
    int channels = STEM;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int width = STEM << stage;
      for (int block = 0; block < BLOCKS[stage]; block++) {
        value = bottleneck(value, channels, width, stage > 0 && block == 0 ? 2 : 1);
        channels = width * EXPANSION;
      }
    }
    String flat = node(Node.of("Flatten").in(node(Node.of("GlobalAveragePool").in(value))));
    graph.initializer(Initializer.floats("fc.weight", List.of((long) channels, (long) CLASSES), weights.next(channels * CLASSES, bound(channels))));
    graph.initializer(Initializer.floats("fc.bias", List.of((long) CLASSES), weights.next(CLASSES, 0.1f)));
    graph.node(Node.of("Gemm").in(flat, "fc.weight", "fc.bias").out("score"));
    return graph.output("score", tensor(ElementType.FLOAT, Dim.rows(), Dim.of(CLASSES))).toModel();
  }

  private String bottleneck(String in, int channels, int width, int stride) {
    String narrow = relu(convolution(in, channels, width, 1, 1));
    String middle = relu(convolution(narrow, width, width, 3, stride));
    String wide = convolution(middle, width, width * EXPANSION, 1, 1);
    String shortcut = channels == width * EXPANSION ? in : convolution(in, channels, width * EXPANSION, 1, stride);
    return relu(node(Node.of("Add").in(wide, shortcut)));
  }

  private String convolution(String in, int from, int to, int kernel, int stride) {
    String name = "conv" + nodes;
    int fanIn = from * kernel * kernel;
    int pad = kernel / 2;
    graph.initializer(
        Initializer.floats(name + ".weight", List.of((long) to, (long) from, (long) kernel, (long) kernel), weights.next(to * fanIn, bound(fanIn))));
    graph.initializer(Initializer.floats(name + ".bias", List.of((long) to), weights.next(to, 0.1f)));
    return node(
        Node.of("Conv")
            .in(in, name + ".weight", name + ".bias")
            .with(Attribute.ints("kernel_shape", kernel, kernel))
            .with(Attribute.ints("strides", stride, stride))
            .with(Attribute.ints("pads", pad, pad, pad, pad)));
  }

  private String relu(String in) {
    return node(Node.of("Relu").in(in));
  }

  private String node(Node node) {
    String out = "value" + nodes++;
    graph.node(node.out(out));
    return out;
  }

  /** Keeps a layer's answers about as large as what it reads, less a little, since blocks add up. */
  private static float bound(int fanIn) {
    return (float) Math.sqrt(1.5 / fanIn);
  }
}
