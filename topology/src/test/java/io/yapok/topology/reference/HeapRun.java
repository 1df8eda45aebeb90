package io.yapok.topology.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Reject;
import io.yapok.schemas.ResultHeader;
import io.yapok.state.LateCounts;
import io.yapok.state.StateTable;
import io.yapok.topology.Pipeline;
import io.yapok.topology.PipelineRunner;
import io.yapok.topology.internal.SourceRecords;
import io.yapok.topology.internal.TableMemory;
import io.yapok.topology.reference.Definition.Late;
import io.yapok.topology.reference.Reference.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A stream's answers from the plain engine, with its memory in the heap and its batches cut at random. */
final class HeapRun implements PipelineRunner.Answers {
  private final List<Answer> answers = new ArrayList<>();
  private final LateCounts late = new LateCounts();

  private HeapRun() {}

  static HeapRun of(Pipeline pipeline, List<Sent> stream, Random cuts) {
    var run = new HeapRun();
    var memory = new TableMemory(StateTable.inMemory(), run.late);
    int longest = cuts.nextInt(1, 60);
    try (var runner = pipeline.runner()) {
      for (int from = 0; from < stream.size(); ) {
        int to = Math.min(stream.size(), from + cuts.nextInt(1, longest + 1));
        runner.run(SourceRecords.of(stream.subList(from, to).stream().map(HeapRun::record).toList()), memory, run);
        from = to;
      }
    }
    return run;
  }

  /** One a record. */
  List<Answer> answers() {
    return answers;
  }

  /** How many values came after their window and had this outcome. */
  long late(Late outcome) {
    return switch (outcome) {
      case DROP -> late.dropped();
      case OWN_WINDOW -> late.intoOwnWindow();
      case NEWEST_WINDOW -> late.intoNewestWindow();
    };
  }

  private static ConsumerRecord<byte[], byte[]> record(Sent sent) {
    return new ConsumerRecord<>("in", 0, sent.number(), sent.timestamp(), TimestampType.CREATE_TIME, -1, -1, sent.keyBytes(), sent.valueBytes(), new RecordHeaders(), Optional.empty());
  }

  @Override
  public void result(Batch batch, int record, byte @Nullable [] value, List<ResultHeader> headers) {
    answers.add(new Answer(null, value, headers.stream().anyMatch(header -> header.name().equals(Answer.DUPLICATE))));
  }

  @Override
  public void reject(Batch batch, int record, Reject reject) {
    answers.add(new Answer(reject.reason().code(), null, false));
  }

  /** What must be the same however often it is computed: all but the times. */
  static String lasting(Answer answer) {
    if (answer.value() == null) {
      return "" + answer.reason();
    }
    var text = new String(answer.value(), UTF_8);
    return text.substring(text.indexOf("\"out\":"), text.indexOf("\"metadata\":"));
  }
}
