package io.yapok.topology.internal;

import io.yapok.schemas.Reject;
import io.yapok.state.TableRows;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the store of a global table, on Kafka Streams' global thread: all that there is before the stream threads start, then what comes. Nothing can be sent from
 * there, so a record that is no row is counted and logged, and the row before it stays.
 */
final class GlobalTableProcessor implements Processor<byte[], byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(GlobalTableProcessor.class);

  private final Engine engine;
  private final JoinedStores stores;
  private final String topic;
  private final RowCheck check;
  private @Nullable TableRows rows;
  private @Nullable ProcessorContext<Void, Void> context;
  private long refused;

  GlobalTableProcessor(Engine engine, JoinedStores stores, String topic) {
    this.engine = engine;
    this.stores = stores;
    this.topic = topic;
    this.check = new RowCheck(engine, topic);
  }

  @Override
  public void init(ProcessorContext<Void, Void> given) {
    context = given;
    rows = stores.openGlobal(given, topic);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Reject reject = check.check(record.key(), record.value());
    if (reject == null) {
      Objects.requireNonNull(rows).put(record.key(), record.value(), record.timestamp());
      return;
    }
    refused++;
    engine.counters().refusedRow();
    if (Long.bitCount(refused) == 1) { // the 1st, 2nd, 4th, 8th, ...: a topic full of them does not fill the disk
      String place = Objects.requireNonNull(context).recordMetadata().map(at -> at.topic() + "-" + at.partition() + " at offset " + at.offset()).orElse(topic);
      LOG.warn("{}: a table's record is no row and is passed over, {} so far: {} ({} {})", place, refused, reject.message(), reject.reason().code(), reject.field());
    }
  }
}
