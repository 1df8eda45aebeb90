package io.yapok.schemas.internal.field;

/** bfloat16: a float's upper half. */
public final class Halves {
  private Halves() {}

  public static float fromBrain(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest bfloat16, ties to even. */
  public static short toBrain(float value) {
    if (Float.isNaN(value)) {
      return 0x7FC0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
  }
}
