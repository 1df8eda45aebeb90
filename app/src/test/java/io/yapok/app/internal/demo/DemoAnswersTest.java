package io.yapok.app.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.yapok.model.BoundStep;
import io.yapok.model.CompiledSteps;
import io.yapok.model.Steps;
import io.yapok.schemas.Batch;
import io.yapok.schemas.Formats;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.state.KeyState;
import io.yapok.state.StateTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's records through the demo's pipeline, without Kafka: what comes out is what training meant. */
class DemoAnswersTest {
  private static final long SEED = 11;
  private static final int RECORDS = 20_000;

  @TempDir private Path directory;
  private CompiledSteps steps;

  @BeforeEach
  void compile() throws IOException {
    steps = Steps.compile(PipelineDocument.read(DemoPipeline.copyTo(directory)));
  }

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void shouldBatchRowsFreely() {
    assertThat(steps.notes()).isEmpty();
  }

  @Test
  void shouldScoreAsTrainedAndRejectExactlyTheMalformed() throws IOException, OrtException {
    Answers answers = score(500);
    Examples examples = Examples.of(SEED, answers.scores.size());
    float[] expected = FraudModelTest.scores(FraudModelTest.committed(directory), examples, 1_000);
    for (int row = 0; row < expected.length; row++) {
      assertThat(answers.scores.get(row)).as("row %d", row).isEqualTo(expected[row]);
      assertThat(answers.flags.get(row)).as("row %d", row).isEqualTo(expected[row] > 0.5f);
    }
    assertThat(answers.flags).contains(true);
    assertThat(answers.wronglyRejected).isZero();
    assertThat(answers.reasons).hasSizeGreaterThan(2);
  }

  @Test
  void shouldGiveTheSameBitsRecordByRecord() {
    Answers alone = score(1);
    Answers together = score(1_000);
    assertThat(together.scores).isEqualTo(alone.scores);
    assertThat(together.flags).isEqualTo(alone.flags);
  }

  private static final class Answers {
    final List<Float> scores = new ArrayList<>();
    final List<Boolean> flags = new ArrayList<>();
    final Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
    int wronglyRejected;
  }

  private Answers score(int batchSize) {
    Answers answers = new Answers();
    PaymentStream payments = new PaymentStream(SEED, 0);
    Batch batch = new Batch(steps.layout(), 1 << 24);
    RecordDecoder decoder = Formats.decoder("json", steps.source());
    KeyState state = new KeyState(StateTable.inMemory());
    List<BoundStep> bound = steps.steps().stream().map(step -> step.bind(batch)).toList();
    for (int made = 0; made < RECORDS; made += batchSize) {
      boolean[] malformed = fill(batch, decoder, payments, batchSize);
      state.recall(batch, steps.state());
      bound.forEach(BoundStep::run);
      state.write();
      collect(batch, malformed, answers);
    }
    bound.forEach(BoundStep::close);
    return answers;
  }

  private static boolean[] fill(
      Batch batch, RecordDecoder decoder, PaymentStream payments, int count) {
    batch.clear();
    boolean[] malformed = new boolean[count];
    for (int record = 0; record < count; record++) {
      payments.next();
      malformed[record] = payments.isMalformed();
      batch.addRecord(payments.key(), payments.value(), payments.timestamp(), 0, record, null);
      assertThat(decoder.decode(batch)).isTrue();
    }
    return malformed;
  }

  private void collect(Batch batch, boolean[] malformed, Answers answers) {
    int score = slot(steps.result().outputs(), "score");
    int fraud = slot(steps.result().anomalies(), "fraud");
    for (int record = 0; record < batch.records(); record++) {
      answers.wronglyRejected += batch.isRejected(record) == malformed[record] ? 0 : 1;
      if (batch.isRejected(record)) {
        answers.reasons.add(batch.rejection(record).reason());
      } else {
        int row = batch.rowStart(record);
        answers.scores.add(batch.column(score).floats().get(row));
        answers.flags.add(batch.column(fraud).bytes().get(row) != 0);
      }
    }
  }

  private static int slot(List<Named> columns, String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow()
        .slot();
  }
}
