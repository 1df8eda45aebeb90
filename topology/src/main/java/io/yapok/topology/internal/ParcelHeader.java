package io.yapok.topology.internal;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Carries a batch beside the one record that stands for it, inside this JVM only. It is known by its class: a header of this name that came over the network is
 * some user's and is left alone.
 */
record ParcelHeader(Parcel parcel) implements Header {
  static final String KEY = "yapok.batch";

  /**
   * The value of a record that stands for a batch. Known by identity, so that equal bytes in a topic mean nothing; 16 bytes that no format of ours accepts, so
   * that they would be noticed if they ever reached one.
   */
  static final byte[] STAND_IN = {0, 'y', 'a', 'p', 'o', 'k', ' ', 'b', 'a', 't', 'c', 'h', 0, 0, 0, 0};

  private static final byte[] NO_BYTES = {};

  /** Whether a value says that its record stands for a batch. */
  @SuppressWarnings("ReferenceEquality") // equal bytes from the network must not count
  static boolean isStandIn(byte @Nullable [] value) {
    return value == STAND_IN;
  }

  @Override
  public String key() {
    return KEY;
  }

  /** Empty: nothing of a batch is ever written. Kafka Streams reads it for its size metrics. */
  @Override
  public byte[] value() {
    return NO_BYTES;
  }
}
