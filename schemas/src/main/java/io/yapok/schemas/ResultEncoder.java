package io.yapok.schemas;

import java.util.List;

/** Turns a record's rows into the bytes of its result. Belongs to one thread; keeps scratch space between calls. */
public interface ResultEncoder {
  /**
   * The result's value.
   *
   * @param batch all steps have run over it
   * @param record not rejected
   * @param timeMillis wall-clock time of the answer, milliseconds since the epoch
   * @return a fresh array: Kafka's producer keeps it
   * @throws RejectedException if the result shows the record, and a part of it that no step read turns out to be none
   */
  byte[] encode(Batch batch, int record, long timeMillis);

  /**
   * What stands in the result's headers rather than in its value; nothing in most formats.
   *
   * <p>Headers are few and in one order. What is the same in two results is the same object in both, a header or the whole list, so that a caller may keep what it made
   * of it; neither ever changes.
   *
   * @param record as for {@link #encode}
   */
  default List<ResultHeader> headers(Batch batch, int record) {
    return List.of();
  }
}
