package io.yapok.state.internal.part;

import java.io.IOException;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** One thing remembered about one key; used for one key after another, by one thread. */
public interface Part {
  /** As for a key that was never seen. */
  void clear();

  /** Takes what was stored by {@link #write}, in place of what there is. */
  void read(Decoder in) throws IOException;

  void write(Encoder out) throws IOException;
}
