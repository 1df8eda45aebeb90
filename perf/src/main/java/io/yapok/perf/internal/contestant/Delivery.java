package io.yapok.perf.internal.contestant;

import java.util.Arrays;
import java.util.Optional;

/** What a contestant guarantees. */
public enum Delivery {
  /** Results and offsets in one transaction. */
  EXACTLY_ONCE("exactly_once_v2"),
  /** Results first, offsets after they are acknowledged. */
  AT_LEAST_ONCE("at_least_once");

  private final String documentName;

  Delivery(String documentName) {
    this.documentName = documentName;
  }

  /** Its name in pipeline documents, in Kafka Streams' settings and on the command line. */
  public String documentName() {
    return documentName;
  }

  /** The guarantee of this name. */
  public static Optional<Delivery> named(String name) {
    return Arrays.stream(values()).filter(delivery -> delivery.documentName.equals(name)).findFirst();
  }
}
