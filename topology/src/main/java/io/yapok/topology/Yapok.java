package io.yapok.topology;

import io.yapok.model.CompiledSteps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.RecordSchemas;
import io.yapok.schemas.SchemaRegistry;
import io.yapok.schemas.WriterSchemas;
import io.yapok.state.StateMemory;
import io.yapok.topology.internal.Engine;
import io.yapok.topology.internal.KeptState;
import io.yapok.topology.internal.LocalState;
import io.yapok.topology.internal.Parcel;
import io.yapok.topology.internal.ScoreSupplier;
import io.yapok.topology.internal.Settings;
import io.yapok.topology.internal.StartUpCheck;
import io.yapok.topology.internal.Unwrapping;
import io.yapok.topology.internal.Wiring;
import io.yapok.topology.internal.trace.Tracing;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Pipelines on Kafka, for Java programs.
 *
 * <pre>{@code
 * try (Pipeline pipeline = Pipeline.load(Path.of("fraud.yaml"));
 *     RunningPipeline running = Yapok.stream(pipeline, Map.of(), StreamOptions.of("localhost:9092", "fraud"))) {
 *   running.start();
 *   ...
 * }
 * }</pre>
 */
public final class Yapok {
  private Yapok() {}

  /**
   * An application that takes records from the pipeline's source topic to its sink topic, batches at a time. It is checked against the broker here and runs once
   * {@link RunningPipeline#start} is called.
   *
   * @param pipeline stays the caller's, who closes it after the application
   * @param kafka settings for Kafka Streams and its clients, over the document's; {@code interceptor.classes} of the main consumer come before ours
   * @throws io.yapok.schemas.ProblemsException with every setting that is refused, or every topic that is missing
   * @throws BrokerException if no broker answers
   * @throws io.yapok.schemas.RegistryException if records name schemas and the registry does not answer
   */
  public static RunningPipeline stream(Pipeline pipeline, Map<String, ?> kafka, StreamOptions options) {
    return stream(pipeline, kafka, options, Traces.NONE);
  }

  /**
   * The same with spans of its batches.
   *
   * @param traces stay the caller's, who closes them after the application
   */
  public static RunningPipeline stream(Pipeline pipeline, Map<String, ?> kafka, StreamOptions options, Traces traces) {
    PipelineDocument document = pipeline.document();
    Settings settings = new Settings(document, kafka, options);
    Optional<SchemaRegistry> registry = settings.registry();
    registry.ifPresent(SchemaRegistry::check);
    WriterSchemas schemas = schemas(registry, document);
    registerResults(pipeline.current(), schemas); // or it does not start
    Engine engine = new Engine(pipeline, schemas, traces.tracing());
    int partitions;
    try (StartUpCheck check = new StartUpCheck(document, settings, options)) {
      engine.limitSends(check.check(settings.maxRequestBytes()));
      partitions = check.sourcePartitions();
    }
    Wiring wiring = new Wiring(engine, options.applicationId());
    OptionalInt standbys = wiring.hasState() ? OptionalInt.of(document.state().standbys()) : OptionalInt.empty();
    Map<String, Object> config = settings.build(engine.folding(wiring.foldedTopics()), engine.pace(), standbys);
    StateMemory memory = StateMemory.ofBytes(document.state().memoryBytes());
    config.putAll(memory.settings());
    StreamsConfig streamsConfig = new StreamsConfig(config);
    Runnable unexamine = pipeline.examine(steps -> registerResults(steps, schemas));
    return new RunningPipeline(engine, new KafkaStreams(wiring.topology(), streamsConfig, engine.clients()), streamsConfig, new KeptState(memory, localState(wiring, settings, streamsConfig, options), wiring, partitions), () -> {
      unexamine.run();
      registry.ifPresent(SchemaRegistry::close);
    });
  }

  private static Optional<LocalState> localState(Wiring wiring, Settings settings, StreamsConfig config, StreamOptions options) {
    if (!wiring.hasState()) {
      return Optional.empty();
    }
    Path directory = Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG), options.applicationId());
    return Optional.of(new LocalState(directory, wiring.changelog(), settings.clientSettings(), options.checkTimeout()));
  }

  /**
   * The topology that {@link #stream} runs, for {@code TopologyTestDriver}: without our client hooks records go through it one by one, and the answers are the
   * same.
   */
  public static Topology topology(Pipeline pipeline, String applicationId) {
    return new Wiring(new Engine(pipeline, schemas(pipeline.document()), Tracing.NONE), applicationId).topology();
  }

  /**
   * Runs a pipeline inside a stream of the caller's own, a record at a time: the document's source and sink topics, {@code source.key} and {@code kafka} are not
   * used, but for the schema registry that {@code kafka} names. Rejects go to the document's dead-letter topic. Any topology, any client configuration, any guarantee will do.
   *
   * @param records keys and values as the document's source format has them
   * @return results, keyed as the records are, with their timestamps and headers
   * @throws IllegalArgumentException if the pipeline has tables
   */
  public static KStream<byte[], byte[]> process(KStream<byte[], byte[]> records, Pipeline pipeline) {
    String name = pipeline.document().name().value();
    if (!pipeline.document().tables().isEmpty()) {
      throw new IllegalArgumentException("a pipeline with tables runs as an application of its own: inside another's stream nobody fills them");
    }
    WriterSchemas schemas = schemas(pipeline.document());
    pipeline.examine(steps -> registerResults(steps, schemas)); // for good: nobody says when the stream ends
    Engine engine = new Engine(pipeline, schemas, Tracing.NONE);
    String results = name + "-results";
    String rejects = name + "-rejects";
    KStream<byte[], Parcel> scored =
        records
            .mapValues(value -> (Parcel) new Parcel.IncomingRecord(value), Named.as(name + "-records"))
            .process(ScoreSupplier.inUserStream(engine, name, results, rejects), Named.as(name));
    if (pipeline.document().rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic)) {
      scored
          .process(Unwrapping::new, Named.as(rejects))
          .to(topic.value(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(rejects + "-sink"));
    }
    return scored.process(Unwrapping::new, Named.as(results));
  }

  /**
   * The schema registry of a pipeline, which is the caller's to close; empty where its records name no schemas. Nothing is asked yet.
   *
   * @param kafka settings over the document's
   * @throws io.yapok.schemas.ProblemsException if none is named, or its settings are refused
   */
  public static Optional<SchemaRegistry> registry(PipelineDocument document, Map<String, ?> kafka) {
    return new Settings(document, kafka, StreamOptions.of("not-asked:0", document.name().value())).registry();
  }

  /** On the thread that starts or replaces, so that it hears of a refusal and no stream thread meets it. */
  private static void registerResults(CompiledSteps steps, WriterSchemas schemas) {
    if (steps.document().sink().format() == PipelineDocument.Format.AVRO) {
      RecordSchemas.registerAvroResult(steps.result(), schemas);
    }
  }

  private static WriterSchemas schemas(PipelineDocument document) {
    return schemas(registry(document, Map.of()), document);
  }

  private static WriterSchemas schemas(Optional<SchemaRegistry> registry, PipelineDocument document) {
    return registry.map(known -> known.withResultsIn(document.sink().topic().value())).orElse(WriterSchemas.NONE);
  }
}
