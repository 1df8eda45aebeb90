package io.yapok.app.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.SchemaRegistry;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The long form: {@code yapok dev --registry}, whose registry is a process of its own. */
@Timeout(600)
class DevRegistryProof {
  private static final int PATIENCE_SECONDS = 300;
  private static final Pattern REGISTRY = Pattern.compile("schema registry on (\\S+)");
  private static final Pattern KAFKA = Pattern.compile("Kafka on (\\S+):");

  @TempDir private Path directory;

  @Test
  void shouldHaveARegistryThatEndsWithItHoweverItEnds() throws Exception {
    Path pipeline = TestPipeline.write(directory, "dev", TestPipeline.YAML.replace("-out, format: json}", "-out, format: avro}"));
    List<String> home = List.of("-Dyapok.registry.home=" + Path.of("target", "apicurio").toAbsolutePath());
    List<String> arguments = List.of("dev", pipeline.toString(), "--registry", "--port", "0", "--partitions", "1", "--management", "none", "--threads", "1", "--data", directory.resolve("data").toString());

    for (int turn = 1; turn <= 2; turn++) {
      try (ChildJvm dev = ChildJvm.start(directory, null, home, arguments)) {
        assertThat(dev.awaitError("; Ctrl-C ends it", PATIENCE_SECONDS)).as("turn %s: %s", turn, dev.err()).isTrue();
        String url = found(REGISTRY, dev.err());
        ConsumerRecord<byte[], byte[]> result = exchange(found(KAFKA, dev.err()), turn);
        int id = ByteBuffer.wrap(result.value()).getInt(1);
        try (SchemaRegistry registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, url))) {
          assertThat(registry.written(id).json()).as("turn %s", turn).contains("\"name\":\"dev_result\"");
        }
        assertThat(isThere(url)).isTrue();
        if (turn == 1) {
          dev.terminate();
          assertThat(dev.exitCode(PATIENCE_SECONDS)).isEqualTo(143);
        } else {
          dev.close(); // as kill -9 does
        }
        awaitGone(url);
      }
    }
  }

  /** Sends a record, and answers the last result of so many. */
  private static ConsumerRecord<byte[], byte[]> exchange(String bootstrapServers, int results) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("dev", TestPipeline.record(results).getBytes(UTF_8))).get(60, TimeUnit.SECONDS);
    }
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partition = List.of(new TopicPartition("dev-out", 0));
      consumer.assign(partition);
      consumer.seekToBeginning(partition);
      ConsumerRecord<byte[], byte[]> last = null;
      for (int seen = 0; seen < results; ) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          last = record;
          seen++;
        }
      }
      return last;
    }
  }

  private static void awaitGone(String url) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isThere(url)) {
      assertThat(System.nanoTime()).as("the registry is still there").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean isThere(String url) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  private static String found(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
