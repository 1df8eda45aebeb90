package io.yapok.perf.internal.flink;

import io.yapok.perf.internal.contestant.Assignment;
import io.yapok.perf.internal.contestant.ClientSettings;
import io.yapok.perf.internal.contestant.Delivery;
import io.yapok.perf.internal.contestant.Stop;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Flink as somebody would set it up for speed: its Kafka connector, parallelism 1, all operators in one chain with objects reused, records bundled for the model by
 * {@link ScoreBundles}, and results in Kafka transactions that a checkpoint commits. It checkpoints every half second and no more often: each checkpoint takes
 * it tens of milliseconds.
 */
public final class FlinkBatched {
  private static final long SHORTEST_CHECKPOINT_MILLIS = 500;

  private FlinkBatched() {}

  /** Runs until SIGTERM. */
  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.parse(arguments);
    try (Stop stop = new Stop()) {
      JobClient job = job(assignment).executeAsync(assignment.group());
      stop.await();
      end(job, assignment);
    }
  }

  private static StreamExecutionEnvironment job(Assignment assignment) {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings(assignment));
    environment.setParallelism(1);
    environment.getConfig().enableObjectReuse();
    environment.enableCheckpointing(Math.max(SHORTEST_CHECKPOINT_MILLIS, assignment.commitIntervalMillis()), CheckpointingMode.EXACTLY_ONCE);
    environment
        .fromSource(source(assignment), WatermarkStrategy.noWatermarks(), "source")
        .transform("score", type(ProducerRecord.class), new ScoreBundles(assignment))
        .sinkTo(sink(assignment))
        .name("sink");
    return environment;
  }

  private static Configuration settings(Assignment assignment) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, assignment.directory().resolve("checkpoints").toUri().toString());
    // what is kept for batch jobs and for exchanges over the network, of which there are none here
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(4));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(4));
    return settings;
  }

  private static KafkaSource<ConsumerRecord<byte[], byte[]>> source(Assignment assignment) {
    return KafkaSource.<ConsumerRecord<byte[], byte[]>>builder()
        .setBootstrapServers(assignment.bootstrapServers())
        .setTopics(assignment.source())
        .setGroupId(assignment.group())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new AsItIs())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(ClientSettings.MAX_POLL_RECORDS))
        .build();
  }

  private static KafkaSink<ProducerRecord<byte[], byte[]>> sink(Assignment assignment) {
    Properties producer = new Properties();
    producer.put(ClientSettings.LINGER, Integer.toString(ClientSettings.LINGER_MS));
    producer.put(ClientSettings.RETRY, Integer.toString(ClientSettings.RETRY_MS));
    producer.put(ClientSettings.BATCH, Integer.toString(ClientSettings.BATCH_BYTES));
    producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Integer.toString(Math.toIntExact(Duration.ofMinutes(1).toMillis())));
    return KafkaSink.<ProducerRecord<byte[], byte[]>>builder()
        .setBootstrapServers(assignment.bootstrapServers())
        .setRecordSerializer((KafkaRecordSerializationSchema<ProducerRecord<byte[], byte[]>>) (record, context, timestamp) -> record)
        .setDeliveryGuarantee(assignment.delivery() == Delivery.EXACTLY_ONCE ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix(assignment.group())
        .setKafkaProducerConfig(producer)
        .build();
  }

  /** A last checkpoint, so that everything read is committed. */
  private static void end(JobClient job, Assignment assignment) throws InterruptedException, ExecutionException, IOException {
    String directory = assignment.directory().resolve("savepoint").toUri().toString();
    job.stopWithSavepoint(false, directory, SavepointFormatType.NATIVE).get();
  }

  /** Never used to serialize: nothing leaves the chain. */
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <T> TypeInformation<T> type(Class<?> type) {
    return (TypeInformation<T>) new GenericTypeInfo<>(type);
  }

  /** Hands records on as the consumer returned them. */
  private static final class AsItIs implements KafkaRecordDeserializationSchema<ConsumerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ConsumerRecord<byte[], byte[]>> out) {
      out.collect(record);
    }

    @Override
    public TypeInformation<ConsumerRecord<byte[], byte[]>> getProducedType() {
      return type(ConsumerRecord.class);
    }
  }
}
