package io.yapok.schemas.internal.avro;

import io.yapok.schemas.OwnSchema;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RejectedRecord;
import io.yapok.schemas.RejectedRecord.Header;
import io.yapok.schemas.RejectedRecord.Place;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Rejects as records of {@code reject.avsc} in a container file. */
public final class RejectWriter implements AutoCloseable {
  private static final Schema SCHEMA = OwnSchemas.of(OwnSchema.REJECT);
  private static final Schema REASON = SCHEMA.getField("reason").schema();
  private static final Schema PLACE = SCHEMA.getField("dead_letter").schema();
  private static final Schema HEADER = SCHEMA.getField("headers").schema().getElementType();
  private static final Set<String> CODES = Arrays.stream(RejectReason.values()).map(RejectReason::code).collect(Collectors.toSet());

  private final DataFileWriter<GenericRecord> file = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA));

  public RejectWriter(OutputStream out) throws IOException {
    file.setCodec(CodecFactory.deflateCodec(Deflater.BEST_SPEED)).create(SCHEMA, out);
  }

  public void append(RejectedRecord reject) throws IOException {
    GenericRecord fields = new GenericData.Record(SCHEMA);
    fields.put("reason", new GenericData.EnumSymbol(REASON, CODES.contains(reject.reason()) ? reject.reason() : REASON.getEnumDefault()));
    fields.put("step", reject.step());
    fields.put("field", reject.field());
    fields.put("message", reject.message());
    fields.put("pipeline", reject.pipeline());
    fields.put("pipeline_version", reject.pipelineVersion());
    fields.put("model", reject.model());
    fields.put("origin", reject.origin() == null ? null : place(reject.origin()));
    fields.put("dead_letter", place(reject.deadLetter()));
    fields.put("timestamp", reject.timestamp());
    fields.put("key", bytes(reject.key()));
    fields.put("value", reject.valueSize() == null ? bytes(reject.value()) : null);
    fields.put("value_size", reject.valueSize());
    fields.put("headers", reject.headers().stream().map(RejectWriter::header).toList());
    fields.put("replays", reject.replays());
    fields.put("replayed", reject.replayed());
    file.append(fields);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static GenericRecord place(Place place) {
    GenericRecord fields = new GenericData.Record(PLACE);
    fields.put("topic", place.topic());
    fields.put("partition", place.partition());
    fields.put("offset", place.offset());
    return fields;
  }

  private static GenericRecord header(Header header) {
    GenericRecord fields = new GenericData.Record(HEADER);
    fields.put("name", header.name());
    fields.put("value", bytes(header.value()));
    return fields;
  }

  private static @Nullable ByteBuffer bytes(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
