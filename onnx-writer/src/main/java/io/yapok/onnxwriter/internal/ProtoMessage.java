package io.yapok.onnxwriter.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One protobuf message in the making. Fields go out in the order of the calls, so equal calls give
 * equal bytes. For one thread; finished by {@link #toByteString()}.
 */
final class ProtoMessage {
  private final ByteString.Output bytes = ByteString.newOutput();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  /** A write that fails only if memory does: the stream beneath is an array. */
  private interface Write {
    void to(CodedOutputStream out) throws IOException;
  }

  ProtoMessage text(int field, String value) {
    return write(stream -> stream.writeString(field, value));
  }

  /** Leaves the field out when the text is empty, as protobuf's own writers do for defaults. */
  ProtoMessage textUnlessEmpty(int field, String value) {
    return value.isEmpty() ? this : text(field, value);
  }

  ProtoMessage texts(int field, List<String> values) {
    values.forEach(value -> text(field, value));
    return this;
  }

  ProtoMessage number(int field, long value) {
    return write(stream -> stream.writeInt64(field, value));
  }

  /** One tag and length for all: what readers expect of {@code [packed = true]} and all accept. */
  ProtoMessage numbers(int field, List<Long> values) {
    return packed(
        field,
        stream -> {
          for (long value : values) {
            stream.writeInt64NoTag(value);
          }
        });
  }

  ProtoMessage real(int field, float value) {
    return write(stream -> stream.writeFloat(field, value));
  }

  ProtoMessage reals(int field, List<Float> values) {
    return packed(
        field,
        stream -> {
          for (float value : values) {
            stream.writeFloatNoTag(value);
          }
        });
  }

  ProtoMessage bytes(int field, ByteString value) {
    return write(stream -> stream.writeBytes(field, value));
  }

  ProtoMessage message(int field, ProtoMessage nested) {
    return bytes(field, nested.toByteString());
  }

  ProtoMessage messages(int field, List<ProtoMessage> nested) {
    nested.forEach(message -> message(field, message));
    return this;
  }

  ByteString toByteString() {
    write(CodedOutputStream::flush);
    return bytes.toByteString();
  }

  private ProtoMessage packed(int field, Write elements) {
    ProtoMessage payload = new ProtoMessage().write(elements);
    return write(
        stream -> {
          stream.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          stream.writeBytesNoTag(payload.toByteString());
        });
  }

  private ProtoMessage write(Write write) {
    try {
      write.to(out);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
