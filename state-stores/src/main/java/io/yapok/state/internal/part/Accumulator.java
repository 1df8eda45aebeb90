package io.yapok.state.internal.part;

import io.yapok.schemas.Column;
import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** An aggregate of values: of a bucket, a session, or the whole past. */
public interface Accumulator {
  void clear();

  /** Whether a row has a value to add: not so NaN and infinities. */
  boolean accepts(Column from, int row);

  /** Adds the value of a row that is accepted. */
  void add(Column from, int row);

  /** Adds what another of the same kind has. */
  void merge(Accumulator other);

  /** Writes its value into a row; whatever it was told to show, if nothing has been added. */
  void show(Column to, int row);

  void read(Decoder in) throws IOException;

  void write(Encoder out) throws IOException;
}
