package io.yapok.topology.internal;

import io.yapok.schemas.ResultHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Puts an encoder's headers among those that came with a record. Belongs to one task; what Kafka wants of a header is made once for as long as the header stays. */
final class ResultHeaders {
  private final List<@Nullable ResultHeader> seen = new ArrayList<>();
  private final List<@Nullable Header> made = new ArrayList<>();

  /**
   * The result's headers.
   *
   * @param record a copy of the record's own; added to, and answered
   */
  RecordHeaders of(RecordHeaders record, List<ResultHeader> added) {
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
