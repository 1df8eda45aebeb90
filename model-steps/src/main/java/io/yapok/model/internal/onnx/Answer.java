package io.yapok.model.internal.onnx;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One output of one run, taken out of the runtime so that the probe can look at it: cold path only.
 *
 * @param values elements as numbers, in order; for maps the values in the order of their sorted keys
 * @param texts elements as text where they are that, else empty
 * @param dims of a tensor; for a sequence its length first, then those of its elements
 * @param labels sorted keys of the maps; empty for what is not a map
 * @param form as far as one run shows: a tensor is {@link OutputSpec.Form#WHOLE} until two runs show that it follows rows
 */
record Answer(double[] values, List<String> texts, long[] dims, List<String> labels, OutputSpec.Form form, TensorInfo.@Nullable OnnxTensorType type) {

  /**
   * Reads an output.
   *
   * @throws UnshowableException if results cannot show it
   */
  static Answer read(OnnxValue value) throws OrtException, UnshowableException {
    return switch (value) {
      case OnnxTensor tensor -> ofTensor(tensor);
      case OnnxMap map -> ofMaps(List.of(map.getValue()), OutputSpec.Form.MAP);
      case OnnxSequence sequence -> ofSequence(sequence);
      default -> throw new UnshowableException("an output of kind " + value.getType() + " cannot be shown in results");
    };
  }

  /** An output has a form that results cannot show. */
  static final class UnshowableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnshowableException(String message) {
      super(message);
    }
  }

  private static Answer ofTensor(OnnxTensor tensor) throws OrtException, UnshowableException {
    TensorInfo info = tensor.getInfo();
    if (TensorTypes.of(info.onnxType) == null) {
      throw new UnshowableException("elements of type " + TensorTypes.name(info.onnxType) + " cannot be read in Java");
    }
    long[] dims = info.getShape();
    if (TensorTypes.of(info.onnxType) == io.yapok.schemas.ElementType.TEXT) {
      List<String> texts = new ArrayList<>();
      flatten(tensor.getValue(), texts);
      return new Answer(new double[0], texts, dims, List.of(), OutputSpec.Form.WHOLE, info.onnxType);
    }
    return new Answer(Elements.toDoubles(tensor), List.of(), dims, List.of(), OutputSpec.Form.WHOLE, info.onnxType);
  }

  private static Answer ofSequence(OnnxSequence sequence) throws OrtException, UnshowableException {
    List<? extends OnnxValue> items = sequence.getValue();
    try {
      if (sequence.getInfo().isSequenceOfMaps()) {
        List<Map<?, ?>> maps = new ArrayList<>();
        for (OnnxValue item : items) {
          maps.add(((OnnxMap) item).getValue());
        }
        return ofMaps(maps, OutputSpec.Form.MAP_SEQUENCE);
      }
      return ofTensors(items);
    } finally {
      items.forEach(OnnxValue::close);
    }
  }

  private static Answer ofTensors(List<? extends OnnxValue> items) throws OrtException, UnshowableException {
    if (items.isEmpty()) {
      throw new UnshowableException("an empty sequence of tensors has no shape to show");
    }
    List<double[]> parts = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    Answer first = ofTensor((OnnxTensor) items.getFirst());
    int total = 0;
    for (OnnxValue item : items) {
      Answer part = ofTensor((OnnxTensor) item);
      if (!Arrays.equals(part.dims, first.dims)) {
        throw new UnshowableException("a sequence of tensors of different shapes, " + Arrays.toString(first.dims) + " and " + Arrays.toString(part.dims));
      }
      parts.add(part.values);
      texts.addAll(part.texts);
      total += part.values.length;
    }
    double[] values = new double[total];
    int at = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    long[] dims = new long[first.dims.length + 1];
    dims[0] = items.size();
    System.arraycopy(first.dims, 0, dims, 1, first.dims.length);
    return new Answer(values, texts, dims, List.of(), OutputSpec.Form.TENSOR_SEQUENCE, first.type);
  }

  private static Answer ofMaps(List<? extends Map<?, ?>> maps, OutputSpec.Form form) throws UnshowableException {
    List<String> labels = List.of();
    double[] values = new double[0];
    for (int i = 0; i < maps.size(); i++) {
      Map<Object, Number> sorted = sorted(maps.get(i));
      List<String> own = sorted.keySet().stream().map(String::valueOf).toList();
      if (i == 0) {
        labels = own;
        values = new double[maps.size() * own.size()];
      } else if (!own.equals(labels)) {
        throw new UnshowableException("maps with different keys from row to row");
      }
      int at = i * own.size();
      for (Number number : sorted.values()) {
        values[at++] = number.doubleValue();
      }
    }
    return new Answer(values, List.of(), new long[] {maps.size(), labels.size()}, labels, form, null);
  }

  /** A map in the order of its keys: whole numbers by size, text by code point. */
  private static Map<Object, Number> sorted(Map<?, ?> map) throws UnshowableException {
    Map<Object, Number> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof Number number)) {
        throw new UnshowableException("a map whose values are not numbers");
      }
      sorted.put(entry.getKey(), number);
    }
    return sorted;
  }

  static void flatten(Object nested, List<String> into) {
    if (nested instanceof Object[] array) {
      for (Object item : array) {
        flatten(item, into);
      }
    } else {
      into.add(String.valueOf(nested));
    }
  }
}
