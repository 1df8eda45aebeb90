package io.yapok.model.internal.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the structure of an ONNX file, which is a protocol-buffers message, far enough to know what a hostile or broken one would make native code do. Field
 * numbers are those of onnx.proto. Nothing is copied but a few names; nesting is bounded.
 */
final class GraphReader {
  private static final int MAX_NESTING = 64;
  private static final int MAX_TEXT = 4096;
  private static final int EXTERNAL = 1;

  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final List<String> externalFiles = new ArrayList<>();
  private final Set<String> operators = new HashSet<>();
  private String producer = "";
  private String producerVersion = "";
  private String description = "";
  private boolean hasGraph;
  private boolean hasIrVersion;

  private GraphReader() {}

  /**
   * Reads a file's facts.
   *
   * @throws NotOnnxException if the bytes are no complete ONNX model
   */
  static GraphFacts read(byte[] file) throws NotOnnxException {
    GraphReader reader = new GraphReader();
    CodedInputStream in = CodedInputStream.newInstance(file);
    in.setSizeLimit(Integer.MAX_VALUE);
    try {
      reader.model(in);
    } catch (InvalidProtocolBufferException e) {
      throw new NotOnnxException(reader.hasIrVersion ? "the file is truncated or damaged" : "the file is not an ONNX model");
    } catch (IOException e) {
      throw new NotOnnxException("the file cannot be read: " + e.getMessage());
    }
    if (!reader.hasGraph || !reader.hasIrVersion) {
      throw new NotOnnxException("the file is not an ONNX model");
    }
    if (reader.opsets.isEmpty()) {
      throw new NotOnnxException("the file is truncated or damaged: it names no operator set");
    }
    String producer = (reader.producer + " " + reader.producerVersion).strip();
    return new GraphFacts(producer, reader.description, reader.opsets, reader.externalFiles, reader.operators);
  }

  /** The bytes are not what they are said to be. */
  static final class NotOnnxException extends Exception {
    private static final long serialVersionUID = 1L;

    NotOnnxException(String message) {
      super(message);
    }
  }

  private void model(CodedInputStream in) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case -1 -> {
          in.readInt64();
          hasIrVersion = true;
        }
        case 2 -> producer = text(in);
        case 3 -> producerVersion = text(in);
        case 6 -> description = text(in);
        case 7 -> {
          hasGraph = true;
          message(in, 1, this::graph);
        }
        case 8 -> message(in, 1, (inner, depth) -> opset(inner));
        case 25 -> message(in, 1, this::function);
        default -> skip(in, tag);
      }
    }
  }

  private void opset(CodedInputStream in) throws IOException {
    String domain = "";
    long version = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 1 -> domain = text(in);
        case -2 -> version = in.readInt64();
        default -> skip(in, tag);
      }
    }
    opsets.put(domain.isEmpty() ? "ai.onnx" : domain, version);
  }

  private void graph(CodedInputStream in, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 1 -> message(in, depth, this::node);
        case 5 -> message(in, depth, this::tensor);
        case 15 -> message(in, depth, this::sparseTensor);
        default -> skip(in, tag);
      }
    }
  }

  private void function(CodedInputStream in, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 7 -> message(in, depth, this::node);
        case 11 -> message(in, depth, this::attribute);
        default -> skip(in, tag);
      }
    }
  }

  private void node(CodedInputStream in, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 4 -> operators.add(text(in));
        case 5 -> message(in, depth, this::attribute);
        default -> skip(in, tag);
      }
    }
  }

  private void attribute(CodedInputStream in, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 5, 10 -> message(in, depth, this::tensor);
        case 6, 11 -> message(in, depth, this::graph);
        case 22, 23 -> message(in, depth, this::sparseTensor);
        default -> skip(in, tag);
      }
    }
  }

  private void sparseTensor(CodedInputStream in, int depth) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 1, 2 -> message(in, depth, this::tensor);
        default -> skip(in, tag);
      }
    }
  }

  private void tensor(CodedInputStream in, int depth) throws IOException {
    String[] name = {""};
    String[] file = {""};
    boolean external = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 8 -> name[0] = text(in);
        case 13 -> {
          external = true;
          message(in, depth, (inner, innerDepth) -> location(inner, file));
        }
        case -14 -> external |= in.readEnum() == EXTERNAL;
        default -> skip(in, tag);
      }
    }
    if (external) {
      externalFiles.add(file[0].isEmpty() ? "(no file named, tensor " + name[0] + ")" : file[0]);
    }
  }

  private static void location(CodedInputStream in, String[] file) throws IOException {
    String key = "";
    String value = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (key(tag)) {
        case 1 -> key = text(in);
        case 2 -> value = text(in);
        default -> skip(in, tag);
      }
    }
    if (key.equals("location")) {
      file[0] = value;
    }
  }

  private interface Reader {
    void read(CodedInputStream in, int depth) throws IOException;
  }

  /** Reads a nested message: exactly as many bytes as its length says. */
  private static void message(CodedInputStream in, int depth, Reader reader) throws IOException {
    if (depth > MAX_NESTING) {
      throw new InvalidProtocolBufferException("graphs are nested more than " + MAX_NESTING + " deep");
    }
    int outer = in.pushLimit(in.readRawVarint32());
    reader.read(in, depth + 1);
    in.checkLastTagWas(0);
    in.popLimit(outer);
  }

  private static String text(CodedInputStream in) throws IOException {
    String text = in.readString();
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  /**
   * The number of a field that has a length, or the negative number of a plain integer, or 0. A field of another kind than its number says is skipped, as ONNX
   * Runtime's own parser does: read otherwise, it could hide from us what the runtime sees.
   */
  private static int key(int tag) {
    return switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> WireFormat.getTagFieldNumber(tag);
      case WireFormat.WIRETYPE_VARINT -> -WireFormat.getTagFieldNumber(tag);
      default -> 0;
    };
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (WireFormat.getTagFieldNumber(tag) == 0 || !in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a field of no known kind");
    }
  }
}
