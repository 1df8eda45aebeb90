package io.yapok.model.internal.kernel;

import io.yapok.schemas.Column;
import java.nio.FloatBuffer;

/** One element of a column, widened. Buffers are asked for each time, since a column replaces its own to grow. */
final class ColumnReads {
  private ColumnReads() {}

  /** The elements of a column of whole numbers or truth values. */
  static RowLong integers(Column column) {
    return switch (column.spec().type()) {
      case INT8, BOOL -> element -> column.bytes().get(element);
      case UINT8 -> element -> column.bytes().get(element) & 0xFF;
      case INT16 -> element -> column.shorts().get(element);
      case INT32 -> element -> column.ints().get(element);
      case INT64 -> element -> column.longs().get(element);
      case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, TEXT, JSON -> throw wrong(column);
    };
  }

  /** The elements of a column of floating-point numbers. */
  static RowDouble floats(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> element -> column.floats().get(element);
      case FLOAT64 -> element -> column.doubles().get(element);
      case FLOAT16 -> element -> Float.float16ToFloat(column.shorts().get(element));
      case BFLOAT16 -> element -> Float.intBitsToFloat(column.shorts().get(element) << 16);
      case INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> throw wrong(column);
    };
  }

  /** The rows of a column of floating-point numbers. */
  static RowDoubles floatVectors(Column column) {
    return switch (column.spec().type()) {
      case FLOAT32 -> new RowDoubles() {
        @Override
        void load(int row) {
          FloatBuffer floats = column.floats();
          int start = column.start(row);
          resize(column.count(row));
          double[] into = values;
          for (int i = 0; i < count; i++) {
            into[i] = floats.get(start + i);
          }
        }
      };
      case FLOAT64 -> new RowDoubles() {
        @Override
        void load(int row) {
          resize(column.count(row));
          column.doubles().get(column.start(row), values, 0, count);
        }
      };
      default -> eachElement(column, floats(column));
    };
  }

  private static RowDoubles eachElement(Column column, RowDouble element) {
    return new RowDoubles() {
      @Override
      void load(int row) {
        int start = column.start(row);
        resize(column.count(row));
        for (int i = 0; i < count; i++) {
          values[i] = element.at(start + i);
        }
      }
    };
  }

  private static IllegalStateException wrong(Column column) {
    return new IllegalStateException(column.spec().name() + " has elements of type " + column.spec().type().label());
  }
}
