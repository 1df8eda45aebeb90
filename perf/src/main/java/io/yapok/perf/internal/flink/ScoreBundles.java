package io.yapok.perf.internal.flink;

import ai.onnxruntime.OrtException;
import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.ClientSettings;
import io.yapok.perf.internal.contestant.Scorer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records until there are as many as a poll returns, or for a few milliseconds, and scores them in one run. A checkpoint's barrier finds nothing kept, so
 * there is no state. Flink makes it from its serialized form and calls it from the task's thread.
 */
final class ScoreBundles extends AbstractStreamOperator<ProducerRecord<byte[], byte[]>>
    implements OneInputStreamOperator<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>>, ProcessingTimeCallback {
  private static final long serialVersionUID = 1L;
  private static final int MOST = ClientSettings.MAX_POLL_RECORDS;
  private static final long LONGEST_MILLIS = 5;

  private final String[] arguments;
  private transient @Nullable Scorer scorer;
  private transient List<Header> headers = List.of();
  private transient List<ConsumerRecord<byte[], byte[]>> kept = List.of();
  private transient byte[][] values = {};
  private transient byte[][] results = {};
  private transient boolean timed;

  ScoreBundles(Assignment assignment) {
    this.arguments = assignment.arguments().toArray(String[]::new);
  }

  @Override
  public void open() throws Exception {
    super.open();
    Scorer opened = Scorer.of(Assignment.parse(arguments));
    scorer = opened;
    headers = opened.headers();
    kept = new ArrayList<>(MOST);
    values = new byte[MOST][];
    results = new byte[MOST][];
  }

  @Override
  public void processElement(StreamRecord<ConsumerRecord<byte[], byte[]>> element) throws OrtException {
    kept.add(element.getValue());
    if (kept.size() == MOST) {
      flush();
    } else if (!timed) {
      timed = true;
      var _ = getProcessingTimeService().registerTimer(getProcessingTimeService().getCurrentProcessingTime() + LONGEST_MILLIS, this); // a failure in it fails the task
    }
  }

  @Override
  public void onProcessingTime(long time) throws OrtException {
    timed = false;
    flush();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws OrtException {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  private void flush() throws OrtException {
    if (kept.isEmpty() || scorer == null) {
      return;
    }
    for (int i = 0; i < kept.size(); i++) {
      values[i] = kept.get(i).value();
    }
    scorer.score(values, kept.size(), results);
    String sink = Assignment.parse(arguments).sink();
    for (int i = 0; i < kept.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = kept.get(i);
      output.collect(new StreamRecord<>(new ProducerRecord<>(sink, record.partition(), record.timestamp(), record.key(), results[i], headers)));
    }
    kept.clear();
  }

  @Override
  public void close() throws Exception {
    if (scorer != null) {
      scorer.close();
    }
    super.close();
  }
}
