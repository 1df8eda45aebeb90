package io.yapok.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records as a producer writes them by Avro's own library, in the Confluent wire format. */
public final class AvroBytes {
  private AvroBytes() {}

  /** A record with these fields; those left out have their schema's default. */
  public static byte[] framed(int id, Schema schema, Map<String, ?> fields) {
    var builder = new GenericRecordBuilder(schema);
    fields.forEach(builder::set);
    return framed(id, builder.build(), schema, false);
  }

  /** Any value. With {@code sized}, arrays and maps are written in blocks that say their size. */
  public static byte[] framed(int id, Object value, Schema schema, boolean sized) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    try {
      BinaryEncoder encoder = sized ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null) : EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<Object>(schema).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
