package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.schemas.PipelineDocument;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes a result an event of its own where its record was one, as CloudEvents' binding for Kafka has them in binary mode: attributes are headers that begin with {@code ce_}. The result has the record's id and time, the
 * pipeline as its source, so that both together are still one event's alone, and a type and a content type that are the result's.
 */
final class CloudEvents {
  private static final String MARK = "ce_specversion";
  private static final String SCHEMA = "ce_dataschema";

  private final Header source;
  private final Header type = header("ce_type", "io.yapok.result");
  private final Header contentType;

  CloudEvents(PipelineDocument document) {
    source = header("ce_source", "/yapok/" + document.name());
    contentType =
        header(
            "content-type",
            switch (document.sink().format()) {
              case JSON -> "application/json";
              case AVRO -> "application/avro";
              case TENSOR, OIP -> "application/octet-stream";
            });
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  /** Changes a result's headers, which are the record's; those of a record that is no event stay. */
  void retype(RecordHeaders headers) {
    if (headers.lastHeader(MARK) == null) {
      return;
    }
    put(headers, source);
    put(headers, type);
    put(headers, contentType);
    headers.remove(SCHEMA); // of the record's data
  }

  private static void put(RecordHeaders headers, Header header) {
    headers.remove(header.key());
    headers.add(header);
  }
}
