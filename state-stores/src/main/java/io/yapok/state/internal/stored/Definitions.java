package io.yapok.state.internal.stored;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.Layout;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineState.Aggregate;
import io.yapok.schemas.PipelineState.Feature;
import io.yapok.schemas.PipelineState.Window;
import io.yapok.schemas.StateSpec;
import io.yapok.schemas.StateSpec.FeatureColumn;
import io.yapok.schemas.StateSpec.SequenceColumn;
import io.yapok.schemas.StateTensor;
import io.yapok.state.internal.part.Accumulator;
import io.yapok.state.internal.part.Accumulators;
import io.yapok.state.internal.part.AnswersPart;
import io.yapok.state.internal.part.BucketsPart;
import io.yapok.state.internal.part.EwmaPart;
import io.yapok.state.internal.part.LastPart;
import io.yapok.state.internal.part.LateValues;
import io.yapok.state.internal.part.Numbers;
import io.yapok.state.internal.part.RecordsPart;
import io.yapok.state.internal.part.SequencePart;
import io.yapok.state.internal.part.SessionPart;
import io.yapok.state.internal.part.Shown;
import io.yapok.state.internal.part.SinceLastPart;
import io.yapok.state.internal.part.TensorPart;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** What features and sequences are made of: their parts, their stored form, and the words that decide whether what was stored still means the same. */
final class Definitions {
  private static final Schema LONG = Schema.create(Schema.Type.LONG);
  private static final Schema DOUBLE = Schema.create(Schema.Type.DOUBLE);
  private static final Schema FLOAT = Schema.create(Schema.Type.FLOAT);
  private static final Schema BYTES = Schema.create(Schema.Type.BYTES);

  private final Layout layout;
  private final LateValues late;

  Definitions(Layout layout, LateValues late) {
    this.layout = layout;
    this.late = late;
  }

  PartPlan<RecordsPart> feature(FeatureColumn column) {
    Feature feature = column.feature();
    String name = "feature_" + feature.name();
    String of = feature.of() == null ? "" : " of " + feature.of() + " as " + type(column.from()).label();
    String what = feature.aggregate().label() + of;
    Shown shown = new Shown(column.from(), column.slot());
    double fallback = feature.fallback();
    return switch (feature.aggregate()) {
      case SECONDS_SINCE_LAST -> PartPlan.of(name, what, List.of(field("latest", LONG)), () -> new SinceLastPart(shown, fallback));
      case LAST -> {
        Numbers numbers = numbers(column.from());
        List<Schema.Field> fields = List.of(field("values", Schema.createArray(DOUBLE)));
        yield PartPlan.of(name, what + ", " + feature.n(), fields, () -> new LastPart(shown, numbers, feature.n(), fallback));
      }
      case EWMA -> {
        Numbers numbers = numbers(column.from());
        long halfLife = Objects.requireNonNull(feature.halfLife()).toMillis();
        List<Schema.Field> fields = List.of(field("weight", DOUBLE), field("sum", DOUBLE), field("clock", LONG));
        yield PartPlan.of(name, what + ", half-life " + halfLife + " ms", fields, () -> new EwmaPart(shown, numbers, halfLife, fallback));
      }
      case COUNT, SUM, MEAN, VARIANCE, MIN, MAX, RATE, DISTINCT, QUANTILE, TOP -> windowed(name, what, column, shown);
    };
  }

  PartPlan<RecordsPart> sequence(SequenceColumn column) {
    var sequence = column.sequence();
    List<Numbers> numbers = column.from().stream().map(this::numbers).toList();
    String of = sequence.of().stream().map(Located::value).collect(Collectors.joining(", "));
    List<Schema.Field> fields = List.of(field("rows", Schema.createArray(FLOAT)));
    return PartPlan.of(
        "sequence_" + sequence.name(),
        "last " + sequence.last() + " of " + of,
        fields,
        () -> new SequencePart(column.from(), numbers, column.slot(), sequence.last(), sequence.fallback()));
  }

  static PartPlan<TensorPart> tensor(StateTensor tensor) {
    int elements = tensor.shape().elements();
    String definition = "float32 of shape " + tensor.shape() + " by the model " + tensor.model();
    return PartPlan.of("tensor_" + tensor.name(), definition, List.of(field("values", BYTES)), () -> new TensorPart(tensor.slot(), elements));
  }

  static PartPlan<AnswersPart> answers(StateSpec.DedupeColumn column) {
    var dedupe = column.dedupe();
    Schema optional = Schema.createArray(BYTES);
    Schema header = Schema.createRecord("Header", null, "io.yapok.state", false, List.of(field("name", Schema.create(Schema.Type.STRING)), field("value", optional)));
    Schema answer = Schema.createRecord("Answer", null, "io.yapok.state", false, List.of(field("value", optional), field("headers", Schema.createArray(header))));
    Schema kept =
        Schema.createRecord(
            "Kept", null, "io.yapok.state", false, List.of(field("high", LONG), field("low", LONG), field("timestamp", LONG), field("answer", Schema.createArray(answer))));
    String definition = "answers by " + (dedupe.by() == null ? "the whole record" : dedupe.by());
    return PartPlan.of(
        "dedupe", definition, List.of(field("answers", Schema.createArray(kept))), () -> new AnswersPart(dedupe.within().toMillis(), dedupe.keep()));
  }

  private PartPlan<RecordsPart> windowed(String name, String what, FeatureColumn column, Shown shown) {
    Feature feature = column.feature();
    Supplier<Accumulator> maker = accumulators(column);
    Schema value = value(name, feature.aggregate());
    return switch (feature.window()) {
      case Window.Past() -> PartPlan.of(name, what, buckets(name, value), () -> new BucketsPart(shown, Long.MAX_VALUE, 1, late, maker));
      case Window.Sliding sliding -> {
        long step = sliding.stepMillis();
        String definition = what + " over " + step + " ms x " + sliding.buckets();
        yield PartPlan.of(name, definition, buckets(name, value), () -> new BucketsPart(shown, step, sliding.buckets(), late, maker));
      }
      case Window.Tumbling(Duration over) ->
          PartPlan.of(name, what + " over " + over.toMillis() + " ms x 1", buckets(name, value), () -> new BucketsPart(shown, over.toMillis(), 1, late, maker));
      case Window.Session(Duration gap) -> {
        List<Schema.Field> fields = List.of(field("start", LONG), field("end", LONG), field("session", Schema.createArray(value)));
        yield PartPlan.of(name, what + " over sessions, gap " + gap.toMillis() + " ms", fields, () -> new SessionPart(shown, gap.toMillis(), late, maker));
      }
    };
  }

  private Supplier<Accumulator> accumulators(FeatureColumn column) {
    Feature feature = column.feature();
    return Accumulators.of(feature, column.from() < 0 || type(column.from()) == ElementType.TEXT ? null : numbers(column.from()));
  }

  private static List<Schema.Field> buckets(String name, Schema value) {
    Schema bucket = Schema.createRecord(name + "_bucket", null, "io.yapok.state", false, List.of(field("bucket", LONG), field("value", value)));
    return List.of(field("newest", LONG), field("buckets", Schema.createArray(bucket)));
  }

  private static Schema value(String name, Aggregate aggregate) {
    return switch (aggregate) {
      case COUNT, RATE -> LONG;
      case SUM, MIN, MAX -> DOUBLE;
      case MEAN -> record(name, field("count", LONG), field("sum", DOUBLE));
      case VARIANCE -> record(name, field("count", LONG), field("mean", DOUBLE), field("squares", DOUBLE));
      case DISTINCT, QUANTILE, TOP -> BYTES;
      case LAST, SECONDS_SINCE_LAST, EWMA -> throw new IllegalArgumentException(aggregate.label() + " has no window");
    };
  }

  private static Schema record(String name, Schema.Field... fields) {
    return Schema.createRecord(name + "_value", null, "io.yapok.state", false, List.of(fields));
  }

  private static Schema.Field field(String name, Schema type) {
    return new Schema.Field(name, type);
  }

  private Numbers numbers(int slot) {
    return Numbers.of(type(slot));
  }

  private ElementType type(int slot) {
    return layout.columns().get(slot).type();
  }
}
