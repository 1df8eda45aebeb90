package io.yapok.schemas;

/** Turns a record's rows into the bytes of its result. Belongs to one thread; keeps scratch space between calls. */
public interface ResultEncoder {
  /**
   * The result's value.
   *
   * @param batch all steps have run over it
   * @param record not rejected
   * @param timeMillis wall-clock time of the answer, milliseconds since the epoch
   * @return a fresh array: Kafka's producer keeps it
   */
  byte[] encode(Batch batch, int record, long timeMillis);
}
