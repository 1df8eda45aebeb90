package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RejectReason;
import io.yapok.schemas.internal.field.BadRecordException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values that hold others. */
final class Nodes {
  private Nodes() {}

  /** A record: its fields in the writer's order. */
  static final class Fields extends ValueNode {
    private final ValueNode[] fields;
    private final int leastBytes;

    Fields(ValueNode[] fields) {
      this.fields = fields;
      this.leastBytes = Arrays.stream(fields).mapToInt(ValueNode::leastBytes).reduce(0, Nodes::sum);
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      for (ValueNode field : fields) {
        field.read(in, row);
      }
    }

    @Override
    int leastBytes() {
      return leastBytes;
    }
  }

  /** A union. */
  static final class Choice extends ValueNode {
    private final ValueNode[] branches;

    Choice(ValueNode[] branches) {
      this.branches = branches;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      branches[in.readBranch(branches.length)].read(in, row);
    }

    @Override
    int leastBytes() {
      return 1;
    }
  }

  /** A map of which some entries are wanted. */
  static final class Entries extends ValueNode {
    private final String path;
    private final byte[][] names;
    private final ValueNode[] wanted;
    private final ValueNode others;
    private final boolean[] seen;

    /**
     * A map.
     *
     * @param names of the entries that are wanted, in UTF-8; {@code wanted} has their values
     */
    Entries(String path, byte[][] names, ValueNode[] wanted, ValueNode others) {
      this.path = path;
      this.names = names;
      this.wanted = wanted;
      this.others = others;
      this.seen = new boolean[names.length];
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      Arrays.fill(seen, false);
      int least = 1 + others.leastBytes();
      for (int count = in.readBlock(least); count > 0; count = in.readBlock(least)) {
        for (int i = 0; i < count; i++) {
          readEntry(in, row);
        }
      }
    }

    private void readEntry(AvroInput in, RowTarget row) {
      int length = in.readLength();
      int from = in.position();
      in.skip(length);
      int entry = find(in.bytes(), from, from + length);
      if (entry < 0) {
        others.read(in, row);
        return;
      }
      if (seen[entry]) {
        throw new BadRecordException(RejectReason.DUPLICATE_FIELD, path, "a key stands twice in one map");
      }
      seen[entry] = true;
      wanted[entry].read(in, row);
    }

    private int find(byte[] bytes, int from, int to) {
      for (int i = 0; i < names.length; i++) {
        if (Arrays.equals(names[i], 0, names[i].length, bytes, from, to)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    int leastBytes() {
      return 1;
    }
  }

  /** A value that is wanted in several ways: each reads it from its beginning. */
  static final class Together extends ValueNode {
    private final ValueNode[] nodes;

    Together(ValueNode[] nodes) {
      this.nodes = nodes;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      int start = in.position();
      for (ValueNode node : nodes) {
        in.moveTo(start);
        node.read(in, row);
      }
    }

    @Override
    int leastBytes() {
      return nodes[0].leastBytes();
    }
  }

  /** A type that names itself: known only when it is compiled, and then as deep as the record has it. */
  static final class Recursive extends ValueNode {
    private @Nullable ValueNode node;

    void complete(ValueNode compiled) {
      node = compiled;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      ValueNode compiled = node;
      if (compiled == null) {
        throw new IllegalStateException("read before it is compiled");
      }
      in.enter();
      compiled.read(in, row);
      in.leave();
    }

    /** A value inside itself that took no bytes would have no end. */
    @Override
    int leastBytes() {
      return 1;
    }
  }

  /** A value of a type that what is wanted cannot be read from. */
  static final class Refused extends ValueNode {
    private final String path;
    private final String message;
    private final int leastBytes;

    Refused(String path, String message, int leastBytes) {
      this.path = path;
      this.message = message;
      this.leastBytes = leastBytes;
    }

    @Override
    void read(AvroInput in, RowTarget row) {
      throw new BadRecordException(RejectReason.WRONG_TYPE, path, message);
    }

    @Override
    int leastBytes() {
      return leastBytes;
    }
  }

  private static int sum(int a, int b) {
    return (int) Math.min(Integer.MAX_VALUE, (long) a + b);
  }
}
