package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** One thing remembered about one key; used for one key after another, by one thread. */
public interface Part {
  /** As for a key that was never seen. */
  void clear();

  /**
   * Adds a record.
   *
   * @param record of the batch; its rows are decoded
   * @param timestamp the record's
   * @param now the largest timestamp of the key, the record's included
   */
  void add(Batch batch, int record, long timestamp, long now);

  /** Writes what a record sees into all of its rows. */
  void show(Batch batch, int record, long timestamp, long now);

  /** Takes what was stored by {@link #write}, in place of what there is. */
  void read(Decoder in) throws IOException;

  void write(Encoder out) throws IOException;
}
