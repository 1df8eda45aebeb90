package io.yapok.model.internal.mapping;

import io.yapok.model.internal.mapping.Numbers.DoubleAt;
import io.yapok.model.internal.mapping.Numbers.DoublePut;
import io.yapok.model.internal.mapping.Numbers.LongAt;
import io.yapok.model.internal.mapping.Numbers.LongPut;
import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;

/** Chooses the loop for a part: the common ones run over buffers of their type, the others go through one call an element. */
final class PartWriters {
  private final Column target;
  private final Failure failure;

  PartWriters(Column target, Failure failure) {
    this.target = target;
    this.failure = failure;
  }

  PartWriter writer(Part.How how, Column source) {
    return switch (how) {
      case Part.Copy _ -> source.spec().type().isPooled() ? texts(source) : copy(source);
      case Part.Scaled scaled when scaled.index() != null -> places(Places.of(scaled.index(), source, failure), scaled);
      case Part.Scaled scaled when scaled.isPlain() -> cast(source);
      case Part.Scaled scaled -> scaled(source, scaled.scale(), scaled.offset());
      case Part.OneHot oneHot -> oneHot(oneHot.index() == null ? Places.ofNumbers(source, failure) : Places.of(oneHot.index(), source, failure), oneHot.size());
    };
  }

  private PartWriter copy(Column source) {
    int bytes = source.spec().type().bytes();
    return (from, count, to) -> {
      target.bytes().put(to * bytes, source.bytes(), from * bytes, count * bytes);
      return true;
    };
  }

  private PartWriter texts(Column source) {
    return (from, count, _) -> {
      for (int element = from; element < from + count; element++) {
        target.appendText(source.textPool(), source.textStart(element), source.textEnd(element) - source.textStart(element));
      }
      return true;
    };
  }

  /** From one type to another: whole numbers stay whole on the way, so that none is rounded twice. */
  private PartWriter cast(Column source) {
    if (source.spec().type().isFloating()) {
      return eachDouble(Numbers.doubles(source));
    }
    LongAt number = Numbers.longs(source);
    LongPut put = Numbers.putLongs(target);
    return (from, count, to) -> {
      for (int i = 0; i < count; i++) {
        long value = number.at(from + i);
        if (!put.put(to + i, value)) {
          return doesNotFit(Long.toString(value));
        }
      }
      return true;
    };
  }

  private PartWriter scaled(Column source, double scale, double offset) {
    DoubleAt number = Numbers.doubles(source);
    PartWriter any = eachDouble(element -> number.at(element) * scale + offset);
    if (target.spec().type() != ElementType.FLOAT32) {
      return any;
    }
    return switch (source.spec().type()) {
      case FLOAT64 -> scaledDoubles(source, scale, offset, any);
      case FLOAT32 -> scaledFloats(source, scale, offset, any);
      case FLOAT16, BFLOAT16, INT8, INT16, INT32, INT64, UINT8, BOOL, TEXT, JSON -> any;
    };
  }

  /** The loop of most pipelines; on an infinite or NaN result the other loop says which element it was. */
  private PartWriter scaledDoubles(Column source, double scale, double offset, PartWriter onDoubt) {
    return (from, count, to) -> {
      var in = source.doubles();
      var out = target.floats();
      int overflow = 0;
      for (int i = 0; i < count; i++) {
        float value = (float) (in.get(from + i) * scale + offset);
        out.put(to + i, value);
        overflow |= (Float.floatToRawIntBits(value) & Numbers.EXPONENT) + 0x800000;
      }
      return overflow >= 0 || onDoubt.write(from, count, to);
    };
  }

  private PartWriter scaledFloats(Column source, double scale, double offset, PartWriter onDoubt) {
    return (from, count, to) -> {
      var in = source.floats();
      var out = target.floats();
      int overflow = 0;
      for (int i = 0; i < count; i++) {
        float value = (float) (in.get(from + i) * scale + offset);
        out.put(to + i, value);
        overflow |= (Float.floatToRawIntBits(value) & Numbers.EXPONENT) + 0x800000;
      }
      return overflow >= 0 || onDoubt.write(from, count, to);
    };
  }

  private PartWriter eachDouble(DoubleAt number) {
    DoublePut put = Numbers.putDoubles(target);
    return (from, count, to) -> {
      for (int i = 0; i < count; i++) {
        double value = number.at(from + i);
        if (!put.put(to + i, value)) {
          return Double.isFinite(value) ? doesNotFit(Double.toString(value)) : notFinite(value);
        }
      }
      return true;
    };
  }

  /** A word's place; scaled only where the document says so. */
  private PartWriter places(Places places, Part.Scaled scaled) {
    LongPut put = Numbers.putLongs(target);
    DoublePut putScaled = Numbers.putDoubles(target);
    return (from, count, to) -> {
      for (int i = 0; i < count; i++) {
        long place = places.at(from + i);
        if (place < 0) {
          return false;
        }
        boolean fits = scaled.isPlain() ? put.put(to + i, place) : putScaled.put(to + i, place * scaled.scale() + scaled.offset());
        if (!fits) {
          return doesNotFit("the place " + place);
        }
      }
      return true;
    };
  }

  private PartWriter oneHot(Places places, int size) {
    LongPut put = Numbers.putLongs(target);
    return (from, count, to) -> {
      Zeros.fill(target, to, count * size);
      for (int i = 0; i < count; i++) {
        long place = places.at(from + i);
        if (place < 0) {
          return false;
        }
        if (place >= size) {
          return failure.because(RejectReason.OUT_OF_RANGE, place + " is no place in a vector of " + size);
        }
        put.put(to + i * size + (int) place, 1);
      }
      return true;
    };
  }

  private boolean doesNotFit(String value) {
    return failure.because(RejectReason.OUT_OF_RANGE, value + " does not fit " + target.spec().type().label());
  }

  private boolean notFinite(double value) {
    return failure.because(RejectReason.NONFINITE_INPUT, value + " came for a whole number");
  }
}
