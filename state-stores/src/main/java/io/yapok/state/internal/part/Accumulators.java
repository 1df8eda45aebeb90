package io.yapok.state.internal.part;

import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Window;
import io.yapok.state.internal.sketch.DistinctAccumulator;
import io.yapok.state.internal.sketch.QuantileAccumulator;
import io.yapok.state.internal.sketch.TopAccumulator;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which accumulator a feature has. */
public final class Accumulators {
  private static final double MILLIS = 1000.0;

  private Accumulators() {}

  /**
   * Makes empty ones.
   *
   * @param numbers how the feature's field is read; null for text, and where records are counted
   */
  public static Supplier<Accumulator> of(Feature feature, @Nullable Numbers numbers) {
    double fallback = feature.fallback();
    return switch (feature.aggregate()) {
      case COUNT -> () -> new CountAccumulator(0);
      case RATE -> () -> new CountAccumulator(seconds(feature.window()));
      case SUM -> () -> new SumAccumulator(required(numbers));
      case MEAN -> () -> new MeanAccumulator(required(numbers), fallback);
      case VARIANCE -> () -> new VarianceAccumulator(required(numbers), fallback);
      case MIN -> () -> new ExtremeAccumulator(required(numbers), fallback, false);
      case MAX -> () -> new ExtremeAccumulator(required(numbers), fallback, true);
      case DISTINCT -> () -> new DistinctAccumulator(numbers);
      case QUANTILE -> () -> new QuantileAccumulator(required(numbers), fallback, feature.q());
      case TOP -> () -> new TopAccumulator(numbers, feature.n());
      case LAST, SECONDS_SINCE_LAST, EWMA -> throw new IllegalArgumentException(feature.aggregate().label() + " has no accumulator");
    };
  }

  private static Numbers required(@Nullable Numbers numbers) {
    return Objects.requireNonNull(numbers);
  }

  private static double seconds(Window window) {
    return switch (window) {
      case Window.Sliding sliding -> sliding.over().toMillis() / MILLIS;
      case Window.Tumbling tumbling -> tumbling.over().toMillis() / MILLIS;
      case Window.Past _, Window.Session _ -> throw new IllegalArgumentException("a rate is over a time");
    };
  }
}
