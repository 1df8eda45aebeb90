package io.yapok.schemas.internal.avro;

/** One value of a writer's schema: reads from it what a pipeline wants, or passes over it. Made by {@link SchemaCompiler} for one decoder. */
abstract class ValueNode {
  /** Consumes the value at the input's place. */
  abstract void read(AvroInput in, RowTarget row);

  /** Bytes that every such value has at the least. */
  abstract int leastBytes();
}
