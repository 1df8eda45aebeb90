package io.yapok.schemas;

/**
 * What is recalled about a record's key into a column before the steps run.
 *
 * @param name in the document, read elsewhere as {@code state.NAME}
 * @param feature what is remembered
 * @param slot of a scalar column of the feature's {@link Feature#type}; every row of a record gets the record's value
 */
public record StateColumn(String name, Feature feature, int slot) {
  /** What can be remembered about a key. All features see the past only: the present record is not in them. */
  public enum Feature {
    /** How many records of this key were decoded before this one, also such that a later step rejected; 0 for the first. */
    COUNT(ElementType.INT64),
    /** Seconds between this record's timestamp and the latest earlier one of its key, never below 0; -1 for the first. */
    SECONDS_SINCE_LAST(ElementType.FLOAT64);

    private final ElementType type;

    Feature(ElementType type) {
      this.type = type;
    }

    /** The type of the feature's column. */
    public ElementType type() {
      return type;
    }
  }
}
