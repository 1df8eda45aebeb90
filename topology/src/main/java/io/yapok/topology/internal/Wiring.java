package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.PipelineTable;
import io.yapok.topology.StateTopics;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The topology of a pipeline: {@code source -> [rekey -> repartition topic ->] score -> results, rejects}, where the topics of tables come into {@code score} too. Every node, store and topic has a name that stays. */
public final class Wiring {
  private static final String SOURCE = "source";
  private static final String REKEY = "rekey";
  private static final String KEYED = "keyed";
  private static final String SCORE = "score";
  private static final String TABLE = "table-";
  static final String STATE = StateTopics.STORE;
  private static final String RESULTS = "results";
  private static final String REJECTS = "rejects";

  private final Engine engine;
  private final PipelineDocument document;
  private final String applicationId;

  /** Wires this engine's pipeline for an application. */
  public Wiring(Engine engine, String applicationId) {
    this.engine = engine;
    this.document = engine.pipeline().document();
    this.applicationId = applicationId;
  }

  /** The topics whose polls are to be folded; those of tables are not. */
  public Set<String> foldedTopics() {
    String source = document.source().topic().value();
    return rekeys() ? Set.of(source, repartitionTopic()) : Set.of(source);
  }

  /** Whether the pipeline remembers anything. */
  public boolean hasState() {
    return !engine.pipeline().current().state().isEmpty();
  }

  /** Whether records are placed by a key of the pipeline's choice, and so by the pipeline. */
  boolean rekeys() {
    return document.source().key() != null;
  }

  /** The topic whose partitions the state has. */
  String stateTopic() {
    return rekeys() ? repartitionTopic() : document.source().topic().value();
  }

  /** The topic that the state is restored from. */
  public String changelog() {
    return StateTopics.changelog(applicationId);
  }

  /** A new topology. */
  public Topology topology() {
    Serde<Parcel> parcels = Serdes.serdeFrom(new ParcelSerializer(), new ParcelDeserializer());
    StreamsBuilder builder = new StreamsBuilder();
    Consumed<byte[], Parcel> consumed =
        Consumed.with(Serdes.ByteArray(), parcels).withTimestampExtractor(new NeverNegativeTimestamp()).withName(SOURCE);
    KStream<byte[], Parcel> records = builder.stream(document.source().topic().value(), consumed);
    boolean rekeyed = rekeys();
    if (rekeyed) {
      records =
          records
              .process(() -> new RekeyProcessor(engine, KEYED + "-repartition-filter", repartitionTopic()), Named.as(REKEY))
              .repartition(Repartitioned.<byte[], Parcel>as(KEYED).withKeySerde(Serdes.ByteArray()).withValueSerde(parcels));
    }
    JoinedStores tables = new JoinedStores(document.tables());
    for (PipelineTable table : tables.partitioned()) {
      String node = TABLE + table.name();
      records = records.merge(builder.stream(table.topic().value(), rows(node)), Named.as(node + "-with"));
    }
    for (String topic : tables.globalTopics()) {
      Consumed<byte[], byte[]> all = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withTimestampExtractor(new NeverNegativeTimestamp()).withName("global-" + topic);
      builder.addGlobalStore(tables.globalBuilder(topic), topic, all, () -> new GlobalTableProcessor(engine, tables, topic));
    }
    MemoryStore store = new MemoryStore(STATE, engine.pipeline().current().state(), engine.counters().lateValues());
    records.process(new ScoreSupplier(engine, rekeyed, store, tables, RESULTS, REJECTS), Named.as(SCORE));
    return withSinks(builder.build(), rekeyed);
  }

  /** A partitioned table is read from its beginning, wherever a new group begins with the source. */
  private static Consumed<byte[], Parcel> rows(String node) {
    return Consumed.with(Serdes.ByteArray(), Serdes.serdeFrom(new ParcelSerializer(), new TableRecordDeserializer()))
        .withTimestampExtractor(new TablesFirst())
        .withOffsetResetPolicy(AutoOffsetReset.earliest())
        .withName(node);
  }

  private Topology withSinks(Topology topology, boolean rekeyed) {
    ByteArraySerializer keys = new ByteArraySerializer();
    String sink = document.sink().topic().value();
    topology.addSink(RESULTS, sink, keys, new ParcelSerializer(), new ParcelPartitioner(), SCORE);
    if (document.rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic)) {
      topology.addSink(REJECTS, topic.value(), keys, new ParcelSerializer(), SCORE);
      if (rekeyed) {
        topology.addSink(RekeyProcessor.REJECTS, topic.value(), keys, new ParcelSerializer(), REKEY);
      }
    }
    return topology;
  }

  private String repartitionTopic() {
    return repartitionTopic(applicationId);
  }

  /** The topic through which an application's records get their keys. */
  static String repartitionTopic(String applicationId) {
    return applicationId + "-" + KEYED + "-repartition";
  }
}
