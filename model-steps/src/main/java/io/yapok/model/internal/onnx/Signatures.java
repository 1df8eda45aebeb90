package io.yapok.model.internal.onnx;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.yapok.model.ModelSignature;
import io.yapok.model.ModelSignature.Dim;
import io.yapok.model.ModelSignature.Kind;
import io.yapok.model.ModelSignature.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Turns what the runtime says of a session into a {@link ModelSignature}. */
final class Signatures {
  private Signatures() {}

  static ModelSignature of(OrtSession session, GraphFacts facts) throws OrtException {
    return new ModelSignature(
        values(session.getInputInfo().values()), values(session.getOutputInfo().values()), facts.opsets(), facts.producer(), facts.description());
  }

  private static List<Value> values(Collection<NodeInfo> nodes) {
    List<Value> values = new ArrayList<>();
    for (NodeInfo node : nodes) {
      values.add(value(node.getName(), node.getInfo()));
    }
    return values;
  }

  private static Value value(String name, ValueInfo info) {
    return switch (info) {
      case TensorInfo tensor -> new Value(name, Kind.TENSOR, TensorTypes.of(tensor.onnxType), TensorTypes.name(tensor.onnxType), dims(tensor));
      case SequenceInfo sequence -> new Value(name, Kind.SEQUENCE, null, "sequence(" + element(sequence) + ")", List.of());
      case MapInfo map -> new Value(name, Kind.MAP, null, map(map), List.of());
      default -> new Value(name, Kind.OTHER, null, info.getClass().getSimpleName(), List.of());
    };
  }

  private static String element(SequenceInfo sequence) {
    return sequence.sequenceOfMaps ? map(sequence.mapInfo) : "tensor(" + name(sequence.sequenceType) + ")";
  }

  private static String map(MapInfo map) {
    return "map(" + name(map.keyType) + ", " + name(map.valueType) + ")";
  }

  private static String name(OnnxJavaType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static List<Dim> dims(TensorInfo tensor) {
    long[] shape = tensor.getShape();
    String[] names = tensor.getDimensionNames();
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.length; axis++) {
      dims.add(new Dim(shape[axis], names == null || names[axis] == null ? "" : names[axis]));
    }
    return dims;
  }
}
