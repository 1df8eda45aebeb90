package io.yapok.topology.internal;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How large a record may be that is sent, in bytes as Kafka counts them, which timestamps it may have, and over how many partitions results spread. Known once the
 * topics have been looked at.
 *
 * @param resultBytes for the sink: the smaller of the producer's and the topic's limit
 * @param rejectBytes the same for the dead-letter topic
 * @param sinkPartitions of the sink topic; 0 where that is not known
 * @param resultTimes of the sink topic
 * @param rejectTimes of the dead-letter topic
 */
public record SendLimits(int resultBytes, int rejectBytes, int sinkPartitions, TimestampLimits resultTimes, TimestampLimits rejectTimes) {
  /** Kafka's own defaults, for where no broker has been asked. */
  public static final SendLimits DEFAULT = new SendLimits(1 << 20, 1 << 20, 0);

  private static final int BATCH_AND_RECORD_OVERHEAD = 61 + 21;
  private static final int LENGTHS = 10;

  /** Limits where every timestamp may be sent. */
  public SendLimits(int resultBytes, int rejectBytes, int sinkPartitions) {
    this(resultBytes, rejectBytes, sinkPartitions, TimestampLimits.NONE, TimestampLimits.NONE);
  }

  /**
   * No less than what Kafka takes a record for when it compares it with its limits: a record alone in a batch, uncompressed. A header's name counts as if all its
   * characters were long ones.
   */
  static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return size(key, value, size(headers));
  }

  /** The same where the headers' part is known. */
  static long size(byte @Nullable [] key, byte @Nullable [] value, long headers) {
    return BATCH_AND_RECORD_OVERHEAD + LENGTHS + length(key) + length(value) + headers;
  }

  /** The part of headers in a record's size. */
  static long size(Headers headers) {
    long size = 0;
    for (Header header : headers) {
      size += LENGTHS + 3L * header.key().length() + length(header.value());
    }
    return size;
  }

  /** UTF-8 bytes of a header's text value. */
  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
