package io.yapok.schemas.internal.avro;

import org.jspecify.annotations.Nullable;

/** Passes over values of a kind. */
final class Skips {
  /** A null: nothing. */
  static final ValueNode NOTHING = bytes(0);

  /** An int, a long or an enum. */
  static final ValueNode VARINT =
      new ValueNode() {
        @Override
        void read(AvroInput in, RowTarget row) {
          in.skipVarint();
        }

        @Override
        int leastBytes() {
          return 1;
        }
      };

  /** A string or bytes. */
  static final ValueNode LENGTH_AND_BYTES =
      new ValueNode() {
        @Override
        void read(AvroInput in, RowTarget row) {
          in.skip(in.readLength());
        }

        @Override
        int leastBytes() {
          return 1;
        }
      };

  private Skips() {}

  /** So many bytes. */
  static ValueNode bytes(int count) {
    return new Bytes(count);
  }

  /** Elements of an array, each by this node. */
  static ValueNode array(ValueNode element) {
    return new Blocks(null, element);
  }

  /** Entries of a map, each value by this node. */
  static ValueNode map(ValueNode value) {
    return new Blocks(LENGTH_AND_BYTES, value);
  }

  static final class Bytes extends ValueNode {
    private final int count;

    private Bytes(int count) {
      this.count = count;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      in.skip(count);
    }

    @Override
    int leastBytes() {
      return count;
    }
  }

  private static final class Blocks extends ValueNode {
    private final @Nullable ValueNode key;
    private final ValueNode value;

    private Blocks(@Nullable ValueNode key, ValueNode value) {
      this.key = key;
      this.value = value;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      int least = value.leastBytes() + (key == null ? 0 : 1);
      for (int count = in.skipBlocks(least); count > 0; count = in.skipBlocks(least)) {
        for (int i = 0; i < count; i++) {
          if (key != null) {
            key.read(in, row);
          }
          value.read(in, row);
        }
      }
    }

    @Override
    int leastBytes() {
      return 1;
    }
  }
}
