package io.yapok.state;

import io.yapok.schemas.ResultHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record was answered, kept for its duplicates.
 *
 * @param value of the result; null where the sink did not take it
 * @param headers that the result had beside the record's own
 */
public record StoredAnswer(byte @Nullable [] value, List<ResultHeader> headers) {
  /** To a record whose result the sink did not take. */
  public static final StoredAnswer KEPT_BACK = new StoredAnswer(null, List.of());

  public StoredAnswer {
    headers = List.copyOf(headers);
  }

  /** About how much it takes. */
  public long bytes() {
    long bytes = value == null ? 0 : value.length;
    for (ResultHeader header : headers) {
      bytes += header.name().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}
