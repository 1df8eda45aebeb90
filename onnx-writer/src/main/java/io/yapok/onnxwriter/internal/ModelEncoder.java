package io.yapok.onnxwriter.internal;

import com.google.protobuf.ByteString;
import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.NamedType;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lays a model out as ONNX's {@code onnx.proto} has it. The bare numbers are its field numbers. */
public final class ModelEncoder {

  private ModelEncoder() {}

  /** The ONNX file of a model. */
  public static byte[] encode(OnnxModel model) {
    return new ProtoMessage()
        .number(1, model.irVersion())
        .text(2, OnnxModel.PRODUCER)
        .message(7, graph(model.graph()))
        .messages(8, each(model.opsets().entrySet(), ModelEncoder::opset))
        .messages(14, each(model.metadata().entrySet(), ModelEncoder::pair))
        .toByteString()
        .toByteArray();
  }

  private static ProtoMessage opset(Map.Entry<String, Long> opset) {
    return new ProtoMessage().textUnlessEmpty(1, opset.getKey()).number(2, opset.getValue());
  }

  private static ProtoMessage pair(Map.Entry<String, String> pair) {
    return new ProtoMessage().text(1, pair.getKey()).text(2, pair.getValue());
  }

  private static ProtoMessage graph(Graph graph) {
    return new ProtoMessage()
        .messages(1, each(graph.nodes(), ModelEncoder::node))
        .text(2, graph.name())
        .messages(5, each(graph.initializers(), ModelEncoder::tensor))
        .messages(11, each(graph.inputs(), ModelEncoder::namedType))
        .messages(12, each(graph.outputs(), ModelEncoder::namedType));
  }

  private static ProtoMessage node(Node node) {
    return new ProtoMessage()
        .texts(1, node.inputs())
        .texts(2, node.outputs())
        .text(4, node.operator())
        .messages(5, each(node.attributes(), ModelEncoder::attribute))
        .textUnlessEmpty(7, node.domain());
  }

  private static ProtoMessage attribute(Attribute attribute) {
    ProtoMessage message = new ProtoMessage().text(1, attribute.name());
    return switch (attribute.value()) {
      case Attribute.Value.OneFloat(float value) -> message.real(2, value).number(20, 1);
      case Attribute.Value.OneInt(long value) -> message.number(3, value).number(20, 2);
      case Attribute.Value.OneString(String value) -> message.text(4, value).number(20, 3);
      case Attribute.Value.OneTensor(Initializer value) ->
          message.message(5, tensor(value)).number(20, 4);
      case Attribute.Value.OneGraph(Graph value) -> message.message(6, graph(value)).number(20, 5);
      case Attribute.Value.Floats(List<Float> values) -> message.reals(7, values).number(20, 6);
      case Attribute.Value.Ints(List<Long> values) -> message.numbers(8, values).number(20, 7);
      case Attribute.Value.Strings(List<String> values) ->
          message.texts(9, values).number(20, 8);
    };
  }

  private static ProtoMessage tensor(Initializer tensor) {
    ProtoMessage message =
        new ProtoMessage()
            .numbers(1, tensor.shape())
            .number(2, tensor.element().code())
            .text(8, tensor.name());
    return switch (tensor.contents()) {
      case Initializer.Contents.Raw raw ->
          message.bytes(9, ByteString.copyFrom(raw.bytes().duplicate()));
      case Initializer.Contents.Strings(List<String> values) -> message.texts(6, values);
      case Initializer.Contents.External(String location) ->
          message.message(13, pair(Map.entry("location", location))).number(14, 1);
    };
  }

  private static ProtoMessage namedType(NamedType named) {
    return new ProtoMessage().text(1, named.name()).message(2, type(named.type()));
  }

  private static ProtoMessage type(OnnxType type) {
    ProtoMessage message = new ProtoMessage();
    return switch (type) {
      case OnnxType.TensorType tensor -> message.message(1, tensorType(tensor));
      case OnnxType.SequenceType(OnnxType element) -> message.message(4, holding(element));
      case OnnxType.MapType map ->
          message.message(
              5, new ProtoMessage().number(1, map.key().code()).message(2, type(map.value())));
      case OnnxType.OptionalType(OnnxType element) -> message.message(9, holding(element));
    };
  }

  private static ProtoMessage holding(OnnxType element) {
    return new ProtoMessage().message(1, type(element));
  }

  private static ProtoMessage tensorType(OnnxType.TensorType tensor) {
    ProtoMessage shape = new ProtoMessage().messages(1, each(tensor.shape(), ModelEncoder::dim));
    return new ProtoMessage().number(1, tensor.element().code()).message(2, shape);
  }

  private static ProtoMessage dim(Dim dim) {
    return switch (dim) {
      case Dim.Fixed(long size) -> new ProtoMessage().number(1, size);
      case Dim.Symbolic(String name) -> new ProtoMessage().text(2, name);
      case Dim.Unknown() -> new ProtoMessage();
    };
  }

  private static <T> List<ProtoMessage> each(
      Collection<T> parts, Function<T, ProtoMessage> message) {
    return parts.stream().map(message).toList();
  }
}
