package io.yapok.schemas.internal.tensor;

import io.yapok.schemas.Batch;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.ResultHeader;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a result says beside its outputs: which pipeline and models answered, what its bytes are, and which rules flagged it. Headers cost bytes of every record, so
 * they are few and short, and those that do not change are made once.
 */
final class TensorHeaders {
  private static final String PIPELINE = "yapok-pipeline";
  private static final String MODELS = "yapok-models";
  private static final String ANOMALY = "yapok-anomaly";
  private static final int HASH_DIGITS = 16;

  /** No rule flags the record, whatever an earlier pipeline said of it. */
  private static final ResultHeader NO_ANOMALY = new ResultHeader(ANOMALY, null);

  /** The shape of the record is not the result's. */
  private static final ResultHeader NO_SHAPE = new ResultHeader(ShapeHeader.NAME, null);

  private final OutputShapes shapes;
  private final ResultHeader pipeline;
  private final ResultHeader models;
  private final boolean manyRows;
  private final String[] rules;
  private final int[] ruleSlots;
  private @Nullable ResultHeader outputs;
  private List<ResultHeader> unflagged = List.of();

  TensorHeaders(ResultSchema schema, OutputShapes shapes) {
    this.shapes = shapes;
    this.pipeline = header(PIPELINE, schema.pipeline() + "@" + hash(schema.pipelineVersion()));
    this.models = header(MODELS, schema.models().stream().map(TensorHeaders::model).collect(Collectors.joining(",")));
    this.manyRows = schema.manyRows();
    this.rules = schema.anomalies().stream().map(rule -> HeaderText.name(rule.name())).toArray(String[]::new);
    this.ruleSlots = schema.anomalies().stream().mapToInt(Named::slot).toArray();
  }

  /** The headers of a record of these rows. */
  List<ResultHeader> of(Batch batch, int from, int to) {
    ResultHeader shown = shapes.header(batch, from, to);
    useOutputs(shown);
    for (int slot : ruleSlots) {
      if (flagged(batch, slot, from, to) > 0) {
        return List.of(pipeline, models, shown, NO_SHAPE, header(ANOMALY, flags(batch, from, to)));
      }
    }
    return unflagged;
  }

  @SuppressWarnings("ReferenceEquality") // the same object says the same; an equal one would only be noted anew
  private void useOutputs(ResultHeader now) {
    if (now != outputs) {
      outputs = now;
      unflagged = List.of(pipeline, models, now, NO_SHAPE, NO_ANOMALY);
    }
  }

  private String flags(Batch batch, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rules.length; i++) {
      int rows = flagged(batch, ruleSlots[i], from, to);
      if (rows > 0) {
        text.append(text.isEmpty() ? "" : ",").append(rules[i]).append(manyRows ? "=" + rows : "");
      }
    }
    return text.toString();
  }

  private static int flagged(Batch batch, int slot, int from, int to) {
    ByteBuffer flags = batch.column(slot).bytes();
    int rows = 0;
    for (int row = from; row < to; row++) {
      rows += flags.get(row) != 0 ? 1 : 0;
    }
    return rows;
  }

  private static String model(ModelVersion model) {
    return HeaderText.name(model.name()) + "/" + model.version() + "@" + hash(model.sha256());
  }

  private static String hash(String digits) {
    return digits.substring(0, Math.min(HASH_DIGITS, digits.length()));
  }

  private static ResultHeader header(String name, String value) {
    return new ResultHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
