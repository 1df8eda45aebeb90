package io.yapok.topology.internal;

import io.yapok.schemas.ResultHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Puts an encoder's headers among those that came with a record. Belongs to one task. Most records come without headers and their results' are the same: those are made
 * once, and Kafka's record copies them.
 */
final class ResultHeaders {
  private final CloudEvents events;
  private final List<@Nullable ResultHeader> seen = new ArrayList<>();
  private final List<@Nullable Header> made = new ArrayList<>();
  private List<ResultHeader> lastAdded = List.of();
  private RecordHeaders lastAlone = new RecordHeaders();
  private long lastAloneSize;

  ResultHeaders(CloudEvents events) {
    this.events = events;
  }

  /**
   * The headers of a record's result; to be read, since other results may have the same.
   *
   * @param added what takes the place of the record's headers of these names
   */
  RecordHeaders of(SourceRecords source, ConsumerRecord<byte[], byte[]> record, List<ResultHeader> added) {
    if (!source.hasHeaders(record)) {
      return alone(added);
    }
    RecordHeaders headers = source.headersOf(record);
    events.retype(headers);
    return with(headers, added);
  }

  /** The part of such headers in a record's size, as {@link SendLimits} counts it. */
  @SuppressWarnings("ReferenceEquality") // the same object has the same size; an equal one is only counted anew
  long size(RecordHeaders headers) {
    return headers == lastAlone ? lastAloneSize : SendLimits.size(headers);
  }

  @SuppressWarnings("ReferenceEquality") // the same list says the same; an equal one is only made anew
  private RecordHeaders alone(List<ResultHeader> added) {
    if (added != lastAdded) {
      lastAlone = with(new RecordHeaders(), added);
      lastAloneSize = SendLimits.size(lastAlone);
      lastAdded = added;
    }
    return lastAlone;
  }

  private RecordHeaders with(RecordHeaders record, List<ResultHeader> added) {
    for (int i = 0; i < added.size(); i++) {
      ResultHeader header = added.get(i);
      record.remove(header.name());
      Header kafka = kafka(i, header);
      if (kafka != null) {
        record.add(kafka);
      }
    }
    return record;
  }

  /** The header as Kafka has it; null where there is to be none. */
  @SuppressWarnings("ReferenceEquality") // the same object says the same; an equal one is only made anew
  private @Nullable Header kafka(int place, ResultHeader header) {
    if (place == seen.size()) {
      seen.add(null);
      made.add(null);
    }
    if (seen.get(place) != header) {
      seen.set(place, header);
      made.set(place, header.value() == null ? null : new RecordHeader(header.name(), header.value()));
    }
    return made.get(place);
  }
}
