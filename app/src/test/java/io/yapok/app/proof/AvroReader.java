package io.yapok.app.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads values as {@code KafkaAvroDeserializer} does, and Kafka Connect's {@code AvroConverter} with it: a byte of zero, the id of the writer's schema, which the registry is asked for, and the record, resolved by Avro's library from the
 * writer's schema to the reader's. Nothing of ours is in it.
 */
final class AvroReader {
  private static final int VALUE = 5;

  private final RegistryRest registry;
  private final Map<Integer, Schema> writers = new TreeMap<>();

  AvroReader(RegistryRest registry) {
    this.registry = registry;
  }

  /** A value as whoever has this schema sees it. */
  GenericRecord read(byte[] value, Schema reader) {
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, VALUE, value.length - VALUE, null);
      GenericRecord record = new GenericDatumReader<GenericRecord>(writer(value), reader).read(null, decoder);
      if (!decoder.isEnd()) {
        throw new AssertionError("bytes are left behind a record of " + value.length);
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema that a value was written with. */
  Schema writer(byte[] value) {
    if (value[0] != 0) {
      throw new AssertionError("a byte of " + value[0] + " stands in front of a value");
    }
    return writers.computeIfAbsent(ByteBuffer.wrap(value).getInt(1), registry::byId);
  }

  /** How many schemas values were written with. */
  int writers() {
    return writers.size();
  }
}
