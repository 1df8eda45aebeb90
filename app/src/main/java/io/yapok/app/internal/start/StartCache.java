package io.yapok.app.internal.start;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.app.internal.TemporaryDirectory;
import io.yapok.app.internal.demo.DemoPipeline;
import io.yapok.app.internal.demo.PaymentStream;
import io.yapok.embedded.EmbeddedKafka;
import io.yapok.schemas.PipelineDocument;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the JVM's ahead-of-time cache (JEP 514) for {@code yapok run}: a child JVM runs the demo's pipeline against an embedded Kafka, and when it ends it
 * writes down the classes that it linked. A JVM of the same build, class path and options that is given the cache starts in half the time; any other leaves it
 * aside. It also could write which methods were hot (JEP 515), but for another pipeline that is wrong advice.
 */
public final class StartCache {
  private static final String APPLICATION = "start-cache";
  private static final int PAYMENTS = 20_000;
  private static final int PARTITIONS = 2;
  private static final long SEED = 514;
  private static final Duration PAST = Duration.ofDays(365);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path file;
  private final TemporaryDirectory directory;
  private final File log;

  private StartCache(Path file, TemporaryDirectory directory) {
    this.file = file;
    this.directory = directory;
    this.log = directory.path().resolve("run.log").toFile();
  }

  /**
   * Writes the cache to a file, over what is there, with the options and the class path that this JVM has.
   *
   * @throws EnvironmentException if the child does not answer or writes no cache; the file is then as it was
   */
  public static void write(Path file) throws InterruptedException {
    try (TemporaryDirectory directory = TemporaryDirectory.create("yapok-start");
        EmbeddedKafka kafka = EmbeddedKafka.start()) {
      new StartCache(file, directory).write(kafka);
    } catch (IOException e) {
      throw new EnvironmentException("the cache cannot be written: " + e, file.toString(), "look at the free space and the rights there", e);
    }
  }

  private void write(EmbeddedKafka kafka) throws IOException, InterruptedException {
    Path pipeline = DemoPipeline.copyTo(directory.path());
    PipelineDocument document = PipelineDocument.read(pipeline);
    List<String> ends = new ArrayList<>(List.of(document.sink().topic().value()));
    if (document.rejects() instanceof PipelineDocument.Rejects.ToTopic(var topic)) {
      ends.add(topic.value());
    }
    String source = document.source().topic().value();
    ends.forEach(topic -> kafka.createTopic(topic, PARTITIONS, Map.of("retention.ms", "-1")));
    kafka.createTopic(source, PARTITIONS, Map.of("retention.ms", "-1"));
    fill(kafka, source);
    Path fresh = directory.path().resolve("cache");
    train(kafka, pipeline, ends, fresh);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void fill(EmbeddedKafka kafka, String topic) {
    PaymentStream payments = new PaymentStream(SEED, Instant.now().minus(PAST).toEpochMilli());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < PAYMENTS; i++) {
        payments.next();
        var _ = producer.send(new ProducerRecord<>(topic, null, payments.timestamp(), payments.key(), payments.value())); // one that fails is missed by the reader
      }
    }
  }

  /** The child ends as on any SIGTERM: it commits, closes, and then the JVM writes its cache. */
  private void train(EmbeddedKafka kafka, Path pipeline, List<String> ends, Path cache) throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command(kafka, pipeline, cache)).redirectErrorStream(true).redirectOutput(log).start();
    try {
      awaitAnswers(kafka, ends, child);
      child.destroy();
      if (!child.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !Files.isRegularFile(cache)) {
        throw failed("the JVM wrote no cache");
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void awaitAnswers(EmbeddedKafka kafka, List<String> topics, Process child) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG, APPLICATION + "-reader",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      reader.subscribe(topics);
      int answered = 0;
      while (answered < PAYMENTS) {
        answered += reader.poll(Duration.ofMillis(100)).count();
        if (!child.isAlive() || System.nanoTime() > deadline) {
          throw failed("a pipeline that was to show how it starts has answered " + answered + " of " + PAYMENTS + " records");
        }
      }
    }
  }

  private static List<String> command(EmbeddedKafka kafka, Path pipeline, Path cache) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(option -> !option.startsWith("-XX:AOT")).forEach(command::add);
    command.addAll(
        List.of(
            // no profiles: with them a minute's throughput is a tenth less, see docs/decisions/0006-benchmark.md
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTRecordTraining",
            "-XX:AOTCacheOutput=" + cache,
            "-cp", System.getProperty("java.class.path"),
            "io.yapok.app.Main", "run", pipeline.toString(),
            "--bootstrap-server", kafka.bootstrapServers(),
            "--application-id", APPLICATION,
            "--state-dir", pipeline.resolveSibling("state").toString(),
            "--threads", "1",
            "--management", "127.0.0.1:0"));
    return command;
  }

  private EnvironmentException failed(String what) throws IOException {
    String told = Files.readString(log.toPath());
    return new EnvironmentException(what, "a JVM that ended with\n" + told.substring(Math.max(0, told.length() - 2000)), "run without the cache, and report this");
  }
}
