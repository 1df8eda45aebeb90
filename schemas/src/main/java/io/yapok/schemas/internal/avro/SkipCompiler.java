package io.yapok.schemas.internal.avro;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;

/** Nodes that pass over values. A type that stands in many places is compiled once: types of types of types could be more than memory holds. */
final class SkipCompiler {
  private final IdentityHashMap<Schema, ValueNode> records = new IdentityHashMap<>();

  /** Passes over a value of this schema. */
  ValueNode skip(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> Skips.NOTHING;
      case BOOLEAN -> Skips.bytes(1);
      case FLOAT -> Skips.bytes(Float.BYTES);
      case DOUBLE -> Skips.bytes(Double.BYTES);
      case FIXED -> Skips.bytes(schema.getFixedSize());
      case INT, LONG, ENUM -> Skips.VARINT;
      case STRING, BYTES -> Skips.LENGTH_AND_BYTES;
      case ARRAY -> Skips.array(skip(schema.getElementType()));
      case MAP -> Skips.map(skip(schema.getValueType()));
      case UNION -> new Nodes.Choice(schema.getTypes().stream().map(this::skip).toArray(ValueNode[]::new));
      case RECORD -> skipRecord(schema);
    };
  }

  private ValueNode skipRecord(Schema record) {
    ValueNode known = records.get(record);
    if (known != null) {
      return known;
    }
    Nodes.Recursive self = new Nodes.Recursive();
    records.put(record, self);
    ValueNode skipped = fields(record, field -> skip(field.schema()));
    records.put(record, skipped);
    self.complete(skipped);
    return skipped;
  }

  /** A record's fields, each by its node; those next to each other whose size is known are passed over in one go. */
  static ValueNode fields(Schema record, Function<Schema.Field, ValueNode> node) {
    List<ValueNode> nodes = new ArrayList<>();
    for (Schema.Field field : record.getFields()) {
      ValueNode next = node.apply(field);
      if (!nodes.isEmpty() && areOfKnownSize(nodes.getLast(), next)) {
        nodes.add(Skips.bytes(nodes.removeLast().leastBytes() + next.leastBytes()));
      } else {
        nodes.add(next);
      }
    }
    return switch (nodes.size()) {
      case 0 -> Skips.NOTHING;
      case 1 -> nodes.getFirst();
      default -> new Nodes.Fields(nodes.toArray(ValueNode[]::new));
    };
  }

  private static boolean areOfKnownSize(ValueNode first, ValueNode second) {
    return first instanceof Skips.Bytes && second instanceof Skips.Bytes && (long) first.leastBytes() + second.leastBytes() <= Integer.MAX_VALUE;
  }
}
