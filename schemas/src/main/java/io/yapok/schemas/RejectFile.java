package io.yapok.schemas;

import io.yapok.schemas.internal.avro.RejectWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes rejects as an Avro object container file, which any Avro tool reads: {@link OwnSchema#REJECT} stands at its beginning, blocks are deflated. Memory does not grow with what is written.
 * For one thread; its owner closes it, and the stream with it.
 */
public final class RejectFile implements AutoCloseable {
  private final RejectWriter writer;

  /** A file that begins here. */
  public RejectFile(OutputStream out) throws IOException {
    writer = new RejectWriter(out);
  }

  public void append(RejectedRecord reject) throws IOException {
    writer.append(reject);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
