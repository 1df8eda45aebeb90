package io.yapok.app.internal.demo;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Whether the stream made a payment as a fraud: a header that no step reads and that results keep, so that the demo can say how many were caught. */
final class Truth {
  private static final String HEADER = "demo-fraud";
  private static final byte[] YES = {1};

  private Truth() {}

  static void write(Headers headers, boolean fraud) {
    if (fraud) {
      headers.add(HEADER, YES);
    }
  }

  static boolean isFraud(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header != null;
  }
}
