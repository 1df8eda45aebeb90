package io.yapok.topology.internal;

import io.yapok.schemas.PipelineDocument;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The topology of a pipeline: {@code source -> [rekey -> repartition topic ->] score -> results, rejects}. Every node, store and topic has a name that stays. */
public final class Wiring {
  private static final String SOURCE = "source";
  private static final String REKEY = "rekey";
  private static final String KEYED = "keyed";
  private static final String SCORE = "score";
  private static final String STATE = "state";
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

  /** The topics whose polls are to be folded. */
  public Set<String> foldedTopics() {
    String source = document.source().topic().value();
    return document.source().key() == null ? Set.of(source) : Set.of(source, repartitionTopic());
  }

  /** A new topology. */
  public Topology topology() {
    Serde<Parcel> parcels = Serdes.serdeFrom(new ParcelSerializer(), new ParcelDeserializer());
    StreamsBuilder builder = new StreamsBuilder();
    Consumed<byte[], Parcel> consumed =
        Consumed.with(Serdes.ByteArray(), parcels).withTimestampExtractor(new NeverNegativeTimestamp()).withName(SOURCE);
    KStream<byte[], Parcel> records = builder.stream(document.source().topic().value(), consumed);
    boolean rekeyed = document.source().key() != null;
    if (rekeyed) {
      records =
          records
              .process(() -> new RekeyProcessor(engine, KEYED + "-repartition-filter", repartitionTopic()), Named.as(REKEY))
              .repartition(Repartitioned.<byte[], Parcel>as(KEYED).withKeySerde(Serdes.ByteArray()).withValueSerde(parcels));
    }
    MemoryStore store = new MemoryStore(STATE, engine.pipeline().current().state());
    records.process(new ScoreSupplier(engine, rekeyed, store, RESULTS, REJECTS), Named.as(SCORE));
    return withSinks(builder.build(), rekeyed);
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
    return applicationId + "-" + KEYED + "-repartition";
  }
}
