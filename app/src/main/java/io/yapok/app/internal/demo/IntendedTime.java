package io.yapok.app.internal.demo;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * When a record should have been sent, as {@link System#nanoTime()} of this JVM, in a header that results keep. Latency counted from it includes what the
 * producer was late, so a stall cannot hide the records that it delayed.
 */
final class IntendedTime {
  private static final String HEADER = "demo-intended-nanos";

  private IntendedTime() {}

  static void write(Headers headers, long nanoTime) {
    headers.add(HEADER, ByteBuffer.allocate(Long.BYTES).putLong(nanoTime).array());
  }

  /** The time in a result's headers; it was sent by this demo, so it is there. */
  static long read(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null) {
      throw new IllegalStateException("a result came back without the header " + HEADER + " of its record");
    }
    return ByteBuffer.wrap(header.value()).getLong();
  }
}
