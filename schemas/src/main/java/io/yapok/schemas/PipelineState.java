package io.yapok.schemas;

import io.yapok.schemas.PipelineDocument.Choice;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline remembers for each key: the document's {@code state}. What each word means, to the bit, is in {@code docs/state.md}.
 *
 * @param features aggregates over the key's records, read by steps as {@code state.NAME}
 * @param sequences the key's last rows, likewise
 * @param dedupe how records that were answered already are known again; null where each is answered anew
 * @param late what becomes of values that come after their window
 * @param ttl after so long without a record, by the records' own time, everything about the key starts anew; null for never
 * @param memoryBytes native memory that all stores of an instance share; what is used of it grows with what is remembered
 * @param standbys copies of each partition's state that other instances keep ready
 */
public record PipelineState(
    List<Feature> features, List<Sequence> sequences, @Nullable Dedupe dedupe, Late late, @Nullable Duration ttl, long memoryBytes, int standbys, Where where) {
  public static final long DEFAULT_MEMORY_BYTES = 256L << 20;
  public static final int DEFAULT_STANDBYS = 1;
  public static final int DEFAULT_BUCKETS = 12;
  public static final int DEFAULT_KEEP = 100;

  /**
   * How many numbers sequences and models' tensors have together at most: half a mebibyte, since what is remembered of a key is one record of the changelog, of which brokers take
   * one mebibyte.
   */
  public static final int MAX_NUMBERS = 1 << 17;

  public PipelineState {
    features = List.copyOf(features);
    sequences = List.copyOf(sequences);
  }

  /** How many numbers all sequences have, of {@link #MAX_NUMBERS}. */
  public long sequenceNumbers() {
    return sequences.stream().mapToLong(Sequence::numbers).sum();
  }

  /** Nothing is remembered. */
  public static PipelineState none(Where where) {
    return new PipelineState(List.of(), List.of(), null, Late.OWN_WINDOW, null, DEFAULT_MEMORY_BYTES, DEFAULT_STANDBYS, where);
  }

  /**
   * An aggregate over the records of one key.
   *
   * @param of field that is aggregated: a scalar number, for {@link Aggregate#takesText} also text; null for those that look at the records alone
   * @param n how many values {@link Aggregate#LAST} and {@link Aggregate#TOP} show
   * @param q which quantile
   * @param halfLife of {@link Aggregate#EWMA}; null for others
   * @param fallback shown where there is nothing yet
   */
  public record Feature(
      Located<String> name,
      Aggregate aggregate,
      @Nullable Located<String> of,
      Window window,
      int n,
      double q,
      @Nullable Duration halfLife,
      Moment at,
      double fallback,
      Where where) {
    /** The type of its column. */
    public ElementType type() {
      return switch (aggregate) {
        case COUNT -> ElementType.INT64;
        case TOP -> ElementType.TEXT;
        case SUM, MEAN, VARIANCE, MIN, MAX, LAST, SECONDS_SINCE_LAST, RATE, EWMA, DISTINCT, QUANTILE -> ElementType.FLOAT64;
      };
    }

    /** The shape of its column: {@code [n]} for several values, else a scalar. */
    public RowShape shape() {
      return aggregate == Aggregate.TOP || (aggregate == Aggregate.LAST && n > 1) ? RowShape.of(n) : RowShape.SCALAR;
    }
  }

  /** How values become one. */
  public enum Aggregate implements Choice {
    COUNT,
    SUM,
    MEAN,
    /** Of the population. */
    VARIANCE,
    MIN,
    MAX,
    /** The last {@code n} in order of arrival. */
    LAST,
    /** Seconds between the key's latest timestamp and the record's, never below 0. */
    SECONDS_SINCE_LAST,
    /** Records a second of the window. */
    RATE,
    /** Exponentially weighted mean in time. */
    EWMA,
    /** About how many different values. */
    DISTINCT,
    /** About which value so many are below. */
    QUANTILE,
    /** The most frequent values. */
    TOP;

    /** What it shows where nothing has come yet and the document does not say. */
    public double fallback() {
      return this == SECONDS_SINCE_LAST ? -1 : 0;
    }

    /** Whether it aggregates a field's values rather than records. */
    public boolean takesField() {
      return switch (this) {
        case COUNT, SECONDS_SINCE_LAST, RATE -> false;
        case SUM, MEAN, VARIANCE, MIN, MAX, LAST, EWMA, DISTINCT, QUANTILE, TOP -> true;
      };
    }

    /** Whether the field may be text. */
    public boolean takesText() {
      return this == DISTINCT || this == TOP;
    }

    /** Whether it can be over a window rather than the whole past. */
    public boolean takesWindow() {
      return switch (this) {
        case LAST, SECONDS_SINCE_LAST, EWMA -> false;
        case COUNT, SUM, MEAN, VARIANCE, MIN, MAX, RATE, DISTINCT, QUANTILE, TOP -> true;
      };
    }
  }

  /** What part of a key's past counts, in event time. */
  public sealed interface Window {
    /** All of it. */
    record Past() implements Window {}

    /** The last {@code over}, in steps of {@code over / buckets}. */
    record Sliding(Duration over, int buckets) implements Window {
      /** The length of a step. */
      public long stepMillis() {
        return over.toMillis() / buckets;
      }
    }

    /** The present one of windows that follow each other, from the epoch on. */
    record Tumbling(Duration over) implements Window {}

    /** The records since the last pause of {@code gap}. */
    record Session(Duration gap) implements Window {}
  }

  /** Whether the present record is in what it is shown. */
  public enum Moment implements Choice {
    BEFORE,
    AFTER
  }

  /** What becomes of a value that comes after its window. */
  public enum Late implements Choice {
    DROP,
    /** Into its own window if that is still shown, else it is dropped. */
    OWN_WINDOW,
    NEWEST_WINDOW
  }

  /**
   * The last rows of a key as one tensor, float32 of shape {@code [last, of.size()]}, oldest first.
   *
   * @param of fields of a row, each a scalar number
   * @param fallback stands in rows that have not come yet
   */
  public record Sequence(Located<String> name, List<Located<String>> of, int last, Moment at, float fallback, Where where) {
    public Sequence {
      of = List.copyOf(of);
    }

    /** The shape of its column. */
    public RowShape shape() {
      return RowShape.of(last, of.size());
    }

    /** How many it has. */
    public long numbers() {
      return (long) last * of.size();
    }
  }

  /**
   * How duplicates are known: records of one key that are equal, or whose field is.
   *
   * @param by a scalar field; null for the whole value of the record
   * @param within how far apart, by the records' own time
   * @param keep how many answers are kept for a key
   */
  public record Dedupe(@Nullable Located<String> by, Duration within, int keep, Where where) {}
}
