package io.yapok.perf.internal.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** What one writes first for Avro: its generic records, with reader and decoder kept, and their numbers one by one. */
final class GenericDecoder implements RecordsDecoder {
  private static final int VALUE = 1 + Integer.BYTES;

  private final GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(EncodedRecords.SCHEMA);
  private final FloatBuffer rows = EncodedRecords.rows();
  private @Nullable BinaryDecoder decoder;

  @Override
  public FloatBuffer decode(byte[][] records, int from, int to) {
    int at = 0;
    for (int i = from; i < to; i++) {
      for (Object number : (List<?>) read(records[i]).get(EncodedRecords.FIELD)) {
        rows.put(at++, ((Number) number).floatValue());
      }
    }
    return rows;
  }

  @SuppressWarnings("NullAway") // neither a decoder nor a record to use again is a must
  private GenericRecord read(byte[] record) {
    try {
      decoder = DecoderFactory.get().binaryDecoder(record, VALUE, record.length - VALUE, decoder);
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // out of memory
    }
  }
}
