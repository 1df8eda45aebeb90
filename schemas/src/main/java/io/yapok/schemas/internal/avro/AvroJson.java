package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.Utf8;
import io.yapok.schemas.internal.json.JsonBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Writes a value as the JSON that says the same, for results that show their record and for fields that are passed through. Unlike Avro's own JSON encoding it names no branches of unions; bytes are Base64,
 * decimals and times are numbers, NaN and infinity are texts. Belongs to one decoder or encoder.
 */
final class AvroJson {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** Knows how few bytes a record takes. */
  private final SkipCompiler skips = new SkipCompiler();

  /** Consumes the value at the input's place. */
  void write(Schema schema, AvroInput in, JsonBuffer out) {
    switch (schema.getType()) {
      case NULL -> {
        in.addEmpty(1);
        out.raw(NULL);
      }
      case BOOLEAN -> out.bool(in.readBoolean());
      case INT -> out.whole(in.readInt());
      case LONG -> out.whole(in.readLong());
      case FLOAT -> out.number(in.readFloat());
      case DOUBLE -> out.number(in.readDouble());
      case STRING -> writeText(in, out);
      case ENUM -> text(schema.getEnumSymbols().get(in.readSymbol(schema.getEnumSymbols().size())), out);
      case BYTES, FIXED -> writeBytes(schema, in, out);
      case ARRAY -> writeArray(schema.getElementType(), in, out);
      case MAP -> writeMap(schema.getValueType(), in, out);
      case UNION -> write(schema.getTypes().get(in.readBranch(schema.getTypes().size())), in, out);
      case RECORD -> writeRecord(schema, in, out);
    }
  }

  private void writeRecord(Schema record, AvroInput in, JsonBuffer out) {
    in.enter();
    if (record.getFields().isEmpty()) {
      in.addEmpty(1);
    }
    out.raw('{');
    boolean first = true;
    for (Schema.Field field : record.getFields()) {
      if (!first) {
        out.raw(',');
      }
      first = false;
      text(field.name(), out);
      out.raw(':');
      write(field.schema(), in, out);
    }
    out.raw('}');
    in.leave();
  }

  private void writeArray(Schema element, AvroInput in, JsonBuffer out) {
    in.enter();
    out.raw('[');
    boolean first = true;
    int least = takesNothing(element) ? 0 : 1;
    for (int count = in.readBlock(least); count > 0; count = in.readBlock(least)) {
      for (int i = 0; i < count; i++) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        write(element, in, out);
      }
    }
    out.raw(']');
    in.leave();
  }

  private boolean takesNothing(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      case RECORD -> skips.skip(schema).leastBytes() == 0;
      case BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, BYTES, ENUM, ARRAY, MAP, UNION -> false;
    };
  }

  private void writeMap(Schema value, AvroInput in, JsonBuffer out) {
    in.enter();
    out.raw('{');
    boolean first = true;
    for (int count = in.readBlock(1); count > 0; count = in.readBlock(1)) {
      for (int i = 0; i < count; i++) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        writeText(in, out);
        out.raw(':');
        write(value, in, out);
      }
    }
    out.raw('}');
    in.leave();
  }

  private static void writeText(AvroInput in, JsonBuffer out) {
    int length = in.readLength();
    int from = in.position();
    in.skip(length);
    if (!Utf8.isValid(in.bytes(), from, from + length)) {
      throw new BadRecordException(RejectReason.INVALID_UTF8, "", "text in UTF-8 expected at byte " + from + ", other bytes came");
    }
    out.text(in.bytes(), from, from + length);
  }

  private static void writeBytes(Schema schema, AvroInput in, JsonBuffer out) {
    int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      out.raw(in.readDecimal(size, decimal.getScale()).toString().getBytes(StandardCharsets.US_ASCII));
      return;
    }
    if (size == 0) {
      in.addEmpty(1);
    }
    int length = size < 0 ? in.readLength() : size;
    int from = in.position();
    in.skip(length);
    byte[] bytes = new byte[length];
    System.arraycopy(in.bytes(), from, bytes, 0, length);
    byte[] base64 = Base64.getEncoder().encode(bytes);
    out.text(base64, 0, base64.length);
  }

  /** A text in quotes. */
  static void text(String text, JsonBuffer out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.text(utf8, 0, utf8.length);
  }
}
