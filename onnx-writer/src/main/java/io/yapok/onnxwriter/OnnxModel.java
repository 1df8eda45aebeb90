package io.yapok.onnxwriter;

import io.yapok.onnxwriter.internal.ModelEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A graph with what a file says about it. {@link #toBytes()} is a function of this value alone.
 *
 * @param irVersion ONNX's file format version
 * @param opsets operator set versions by domain
 * @param metadata free text pairs that stand in the file
 */
public record OnnxModel(
    Graph graph,
    long irVersion,
    SortedMap<String, Long> opsets,
    SortedMap<String, String> metadata) {

  /** The domain of ONNX's own operators. */
  public static final String ONNX = "";

  /** The domain of trees, linear models and text encoders. */
  public static final String ML = "ai.onnx.ml";

  /** What the file names as its producer. */
  public static final String PRODUCER = "yapok";

  public OnnxModel {
    opsets = Collections.unmodifiableSortedMap(new TreeMap<>(opsets));
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /** A model of operator sets 17 and ai.onnx.ml 3, which ONNX Runtime reads since 1.12. */
  public static OnnxModel of(Graph graph) {
    SortedMap<String, Long> opsets = new TreeMap<>();
    opsets.put(ONNX, 17L);
    opsets.put(ML, 3L);
    return new OnnxModel(graph, 8, opsets, new TreeMap<>());
  }

  /** This model with another version of one operator set. */
  public OnnxModel opset(String domain, long version) {
    SortedMap<String, Long> changed = new TreeMap<>(opsets);
    changed.put(domain, version);
    return new OnnxModel(graph, irVersion, changed, metadata);
  }

  /** This model in another version of the file format. */
  public OnnxModel ir(long version) {
    return new OnnxModel(graph, version, opsets, metadata);
  }

  /** This model with one pair more in its metadata. */
  public OnnxModel metadata(String key, String value) {
    SortedMap<String, String> changed = new TreeMap<>(metadata);
    changed.put(key, value);
    return new OnnxModel(graph, irVersion, opsets, changed);
  }

  /** The ONNX file. */
  public byte[] toBytes() {
    return ModelEncoder.encode(this);
  }

  /** Writes the ONNX file, replacing one that is there, and answers its path. */
  public Path writeTo(Path file) throws IOException {
    return Files.write(file, toBytes());
  }
}
