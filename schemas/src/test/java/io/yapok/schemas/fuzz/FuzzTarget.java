package io.yapok.schemas.fuzz;

import java.util.List;

/** Something that reads bytes which strangers wrote. An instance belongs to one thread and reads many inputs. */
public interface FuzzTarget {
  /** Names the directories of inputs and reports. */
  String name();

  /** Inputs as real writers make them: what Jazzer varies first. */
  List<byte[]> seeds();

  /** Words of the format that chance would take long to write. */
  default List<String> words() {
    return List.of();
  }

  /** Packages, beside our own, whose branches lead Jazzer: {@code org.example.**}. */
  default List<String> libraries() {
    return List.of();
  }

  /** Bytes of the largest inputs that are tried: as large as Kafka's records may be by default. */
  default int largest() {
    return 1 << 20;
  }

  /**
   * Reads an input.
   *
   * @throws AssertionError where something does not hold that must; as bad as any other exception
   */
  void read(byte[] input);
}
