package io.yapok.state.internal.stored;

import io.yapok.schemas.Layout;
import io.yapok.schemas.PipelineState.Moment;
import io.yapok.schemas.StateSpec;
import io.yapok.state.StateCodec;
import io.yapok.state.internal.part.AnswersPart;
import io.yapok.state.internal.part.LateValues;
import io.yapok.state.internal.part.Part;
import io.yapok.state.internal.part.RecordsPart;
import io.yapok.state.internal.part.TensorPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered about each key, in parts, and how it is stored: Avro's single-object encoding ({@code C3 01}, the schema's CRC-64-AVRO fingerprint, the record),
 * whose schema stands in the same store under a key of its own.
 */
public final class StatePlan {
  static final String CLOCK = "clock";

  private final List<PartPlan<RecordsPart>> features = new ArrayList<>();
  private final List<PartPlan<TensorPart>> tensors;
  private final @Nullable PartPlan<AnswersPart> answers;
  private final boolean[] seenBefore;

  /** All of them, in the order in which they are stored. */
  private final List<PartPlan<?>> parts = new ArrayList<>();

  private final Schema schema;
  private final byte[] header;

  /** A plan for batches of this layout. */
  public StatePlan(StateSpec spec, Layout layout, LateValues late) {
    Definitions definitions = new Definitions(layout, late);
    spec.features().forEach(column -> features.add(definitions.feature(column)));
    spec.sequences().forEach(column -> features.add(definitions.sequence(column)));
    this.tensors = spec.tensors().stream().map(Definitions::tensor).toList();
    this.answers = spec.dedupe() == null ? null : Definitions.answers(spec.dedupe());
    parts.addAll(features);
    parts.addAll(tensors);
    if (answers != null) {
      parts.add(answers);
    }
    this.seenBefore = seenBefore(spec);
    this.schema = schema(parts);
    this.header = SingleObject.header(SchemaNormalization.parsingFingerprint64(schema));
  }

  private static boolean[] seenBefore(StateSpec spec) {
    var moments = Stream.concat(spec.features().stream().map(column -> column.feature().at()), spec.sequences().stream().map(column -> column.sequence().at())).toList();
    boolean[] before = new boolean[moments.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = moments.get(i) == Moment.BEFORE;
    }
    return before;
  }

  private static Schema schema(List<PartPlan<?>> parts) {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(CLOCK, Schema.create(Schema.Type.LONG)));
    parts.forEach(part -> fields.add(new Schema.Field(part.name(), part.type())));
    return Schema.createRecord("State", "What is remembered about a key.", "io.yapok.state", false, fields);
  }

  /** The key under which the schema stands that a value names by its header. */
  static byte[] schemaKey(byte[] header) {
    byte[] prefix = StateCodec.reservedPrefix();
    return ByteBuffer.allocate(prefix.length + Long.BYTES).put(prefix).put(header, 2, Long.BYTES).array();
  }

  /** Features, then sequences. */
  List<PartPlan<RecordsPart>> features() {
    return features;
  }

  /** Whether the steps see a feature or sequence before the present record is added. */
  boolean isSeenBefore(int feature) {
    return seenBefore[feature];
  }

  List<PartPlan<TensorPart>> tensors() {
    return tensors;
  }

  /** Null where no answers are kept. */
  @Nullable PartPlan<AnswersPart> answers() {
    return answers;
  }

  byte[] header() {
    return header;
  }

  byte[] schemaText() {
    return schema.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** For each field of a schema that values were written with, after the clock: the part that reads it, or -1. */
  Written written(String schemaText) {
    Schema writer = new Schema.Parser().parse(schemaText);
    List<Schema> types = new ArrayList<>();
    List<Integer> readers = new ArrayList<>();
    for (Schema.Field field : writer.getFields().subList(1, writer.getFields().size())) {
      types.add(field.schema());
      readers.add(reader(field));
    }
    return new Written(types, readers);
  }

  private int reader(Schema.Field field) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).reads(field)) {
        return i;
      }
    }
    return -1;
  }

  /** Another version's schema, read by this plan. */
  record Written(List<Schema> types, List<Integer> readers) {
    void read(Decoder in, Part[] into) throws IOException {
      for (int i = 0; i < types.size(); i++) {
        if (readers.get(i) < 0) {
          GenericDatumReader.skip(types.get(i), in);
        } else {
          into[readers.get(i)].read(in);
        }
      }
    }
  }
}
