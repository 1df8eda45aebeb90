package io.yapok.state.internal;

import io.yapok.state.internal.stored.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;

/** Avro's single-object encoding ({@code C3 01}, fingerprint, binary) to Avro's JSON and back, by schemas known from their text. For one thread. */
public final class AvroValues {
  private final Map<String, Schema> schemas = new HashMap<>();

  /** Takes note of a schema; what is none is left alone. */
  public void learn(byte[] text) {
    try {
      Schema schema = new Schema.Parser().parse(new String(text, StandardCharsets.UTF_8));
      schemas.put(name(SchemaNormalization.parsingFingerprint64(schema)), schema);
    } catch (SchemaParseException e) {
      // something else that stands under a reserved key
    }
  }

  /** The schema that a value names, known or not; empty if the value is encoded otherwise. */
  public Optional<String> schemaOf(byte[] value) {
    return SingleObject.is(value) ? Optional.of(name(SingleObject.fingerprint(value))) : Optional.empty();
  }

  /** A value as JSON; empty if its schema is not known, it is not of its schema, or the JSON would not give the same bytes. */
  public Optional<String> toJson(String schema, byte[] value) {
    Schema known = schemas.get(schema);
    if (known == null) {
      return Optional.empty();
    }
    try {
      String json = json(known, value);
      return Arrays.equals(toBytes(schema, json), value) ? Optional.of(json) : Optional.empty();
    } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
      return Optional.empty(); // then it is shown as bytes
    }
  }

  /**
   * The value that is written so.
   *
   * @throws IllegalArgumentException if the schema is not known or the JSON is not a value of it
   */
  public byte[] toBytes(String schema, String json) {
    Schema known = schemas.get(schema);
    if (known == null) {
      throw new IllegalArgumentException("the schema " + schema + " has not been given");
    }
    Object datum;
    try {
      datum = new GenericDatumReader<>(known).read(null, DecoderFactory.get().jsonDecoder(known, json));
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException("the value is not one of the schema " + schema + " (" + e.getMessage() + ")", e);
    }
    return encode(known, schema, datum);
  }

  private static String json(Schema schema, byte[] value) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, null);
    Object datum = new GenericDatumReader<>(schema).read(null, decoder);
    if (!decoder.isEnd()) {
      throw new IOException("bytes are left over");
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, text);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    encoder.flush();
    return text.toString(StandardCharsets.UTF_8);
  }

  private static byte[] encode(Schema schema, String name, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(SingleObject.header(Long.parseUnsignedLong(name, 16)));
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail so
    }
    return bytes.toByteArray();
  }

  private static String name(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }
}
