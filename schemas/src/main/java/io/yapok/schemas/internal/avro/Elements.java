package io.yapok.schemas.internal.avro;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.Fallbacks;
import io.yapok.schemas.internal.field.FieldTarget;
import io.yapok.schemas.internal.field.Utf8;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Which element is read from a value of which type. */
final class Elements {
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private Elements() {}

  /** How a value of this type, which is no union, becomes an element of the target's column; it is refused, record by record, if it does not. */
  static Element of(Schema schema, FieldTarget target) {
    return switch (schema.getType()) {
      case INT -> isNumber(target) ? Elements::readInt : wrong(schema);
      case LONG -> isNumber(target) ? Elements::readLong : wrong(schema);
      case FLOAT -> isNumber(target) ? floats(target) : wrong(schema);
      case DOUBLE -> isNumber(target) ? doubles(target) : wrong(schema);
      case BOOLEAN -> target.type() == ElementType.BOOL ? Elements::readBoolean : wrong(schema);
      case STRING -> target.type() == ElementType.TEXT ? Elements::readText : wrong(schema);
      case ENUM -> target.type() == ElementType.TEXT ? new Symbols(schema.getEnumSymbols()) : wrong(schema);
      case BYTES, FIXED -> schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && isNumber(target) ? decimals(schema, decimal.getScale()) : wrong(schema);
      case NULL -> Elements::readNull;
      case RECORD, ARRAY, MAP, UNION -> wrong(schema);
    };
  }

  private static boolean isNumber(FieldTarget target) {
    return target.type().isFloating() || target.type().isInteger();
  }

  private static Element wrong(Schema schema) {
    return new Wrong(Kinds.of(schema));
  }

  /** A value of a type that the column cannot have. */
  record Wrong(String kind) implements Element {
    @Override
    public void read(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
      throw target.bad(RejectReason.WRONG_TYPE, target.wanted() + " expected" + progress.place() + ", " + kind + " came");
    }
  }

  private static void readNull(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
    if (!target.hasFallback()) {
      throw target.bad(RejectReason.MISSING_FIELD, target.wanted() + " expected" + progress.place() + ", null came");
    }
    Fallbacks.put(target, column, element);
  }

  private static void readInt(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
    Numbers.put(in.readInt(), target, column, element, progress);
  }

  private static void readLong(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
    Numbers.put(in.readLong(), target, column, element, progress);
  }

  private static void readBoolean(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
    column.bytes().put(element, (byte) (in.readBoolean() ? 1 : 0));
  }

  private static void readText(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
    int length = in.readLength();
    int from = in.position();
    in.skip(length);
    if (!Utf8.isValid(in.bytes(), from, from + length)) {
      throw target.bad(RejectReason.INVALID_UTF8, "text in UTF-8 expected" + progress.place() + ", other bytes came");
    }
    column.appendText(in.bytes(), from, length);
  }

  private static Element floats(FieldTarget target) {
    boolean copied = target.type() == ElementType.FLOAT32 && LITTLE_ENDIAN;
    return new Copied(copied ? Float.BYTES : 0) {
      @Override
      public void read(AvroInput in, FieldTarget field, Column column, int element, ArrayProgress progress) {
        Numbers.put(in.readFloat(), field, column, element, progress);
      }
    };
  }

  private static Element doubles(FieldTarget target) {
    boolean copied = target.type() == ElementType.FLOAT64 && LITTLE_ENDIAN;
    return new Copied(copied ? Double.BYTES : 0) {
      @Override
      public void read(AvroInput in, FieldTarget field, Column column, int element, ArrayProgress progress) {
        Numbers.put(in.readDouble(), field, column, element, progress);
      }
    };
  }

  private static Element decimals(Schema schema, int scale) {
    int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
    return (in, target, column, element, progress) -> Numbers.put(in.readDecimal(size, scale), target, column, element, progress);
  }

  private abstract static class Copied implements Element {
    private final int bytes;

    Copied(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public int copiedBytes() {
      return bytes;
    }
  }

  private static final class Symbols implements Element {
    private final byte[][] names;

    Symbols(List<String> symbols) {
      names = symbols.stream().map(symbol -> symbol.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    @Override
    public void read(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
      byte[] name = names[in.readSymbol(names.length)];
      column.appendText(name, 0, name.length);
    }
  }

  /** One of several, as the writer chose for each element. */
  static final class Branches implements Element {
    private final Element[] branches;

    Branches(Element[] branches) {
      this.branches = branches;
    }

    @Override
    public void read(AvroInput in, FieldTarget target, Column column, int element, ArrayProgress progress) {
      branches[in.readBranch(branches.length)].read(in, target, column, element, progress);
    }
  }
}
