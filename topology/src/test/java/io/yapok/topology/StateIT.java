package io.yapok.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yapok.embedded.Await;
import io.yapok.model.Steps;
import io.yapok.schemas.PipelineDocument;
import io.yapok.state.StateCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** State on a broker: its topic, its standbys, and what an instance says of it. */
@Timeout(120)
class StateIT {
  private static final int PARTITIONS = 3;
  private static final int KEYS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension private static final KafkaTopics topics = new KafkaTopics();

  @TempDir private Path directory;

  @Test
  void shouldKeepStateInACompactedTopicThatIsNamedForTheApplication() throws Exception {
    prepare("compacted", 100);
    try (var pipeline = pipeline("compacted");
        var running = Yapok.stream(pipeline, Map.of("topic.min.cleanable.dirty.ratio", "0.3"), options("compacted", "a"))) {
      running.start();
      topics.awaitCommitted("compacted", "compacted", PARTITIONS);

      var settings = settings("compacted-state-changelog");
      assertThat(settings).containsEntry("cleanup.policy", "compact").containsEntry("segment.bytes", "67108864").containsEntry("min.cleanable.dirty.ratio", "0.3");
      try (var admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
        var described = admin.describeTopics(List.of("compacted-state-changelog")).allTopicNames().get().get("compacted-state-changelog");
        assertThat(described.partitions()).hasSize(PARTITIONS);
      }
    }
  }

  @Test
  void shouldSayWhatIsStoredUnderAKeyAndWhereItComesFrom() throws Exception {
    prepare("viewed", 3 * KEYS);
    try (var pipeline = pipeline("viewed");
        var running = Yapok.stream(pipeline, Map.of(), options("viewed", "a"))) {
      var view = running.stateView();
      assertThatThrownBy(() -> view.get(key(1))).isInstanceOf(StateUnavailableException.class);
      running.start();
      topics.awaitCommitted("viewed", "viewed", PARTITIONS);

      var found = view.get(key(1));
      var absent = view.get("nobody".getBytes(UTF_8));
      var some = view.scan("k1".getBytes(UTF_8), 5);
      var all = view.scan(new byte[0], 1_000);

      assertThat(found.value()).isNotNull();
      assertThat(found.from()).isEqualTo(StateAnswer.From.OWNER);
      assertThat(absent.value()).isNull();
      assertThat(absent.from()).as("this instance has all partitions").isEqualTo(StateAnswer.From.OWNER);
      assertThat(absent.partitions()).containsExactly(0, 1, 2);
      assertThat(some.entries()).extracting(entry -> new String(entry.key(), UTF_8)).containsExactly("k1", "k10", "k11", "k12", "k13");
      assertThat(some.more()).isTrue();
      assertThat(all.entries()).hasSize(KEYS);
      assertThat(all.more()).isFalse();
      assertThat(view.count().approximate()).isBetween((long) KEYS, 3L * KEYS);
      assertThat(view.scan(new byte[] {-1}, 10).entries()).isEmpty();
    }
  }

  @Test
  void shouldAnswerFromAStandbyAndTakeOverWithItsState() throws Exception {
    prepare("followed", 5 * KEYS);
    try (var pipeline = pipeline("followed");
        var first = Yapok.stream(pipeline, Map.of(), options("followed", "a").withAdvertised("127.0.0.1:1001"))) {
      first.start();
      topics.awaitCommitted("followed", "followed", PARTITIONS);
      try (var second = Yapok.stream(pipeline, Map.of(), options("followed", "b").withAdvertised("127.0.0.1:1002"))) {
        second.start();
        Await.until("both run and have partitions", PATIENCE, () -> second.state() == RunningPipeline.State.RUNNING && first.state() == RunningPipeline.State.RUNNING && held(first) + held(second) == PARTITIONS && held(second) > 0);
        var view = second.stateView();
        Await.until("each key is found on both", PATIENCE, () -> followsAll(first, second));

        var from = new HashMap<StateAnswer.From, Integer>();
        for (int key = 0; key < KEYS; key++) {
          var answer = view.get(key(key));
          from.merge(answer.from(), 1, Integer::sum);
          assertThat(answer.value()).as("k%d, %s", key, answer).isNotNull();
          assertThat(answer.lag().isPresent()).isEqualTo(answer.from() == StateAnswer.From.STANDBY);
        }
        assertThat(from).containsOnlyKeys(StateAnswer.From.OWNER, StateAnswer.From.STANDBY);
        assertThat(view.get("nobody".getBytes(UTF_8)).from()).isEqualTo(StateAnswer.From.LOCAL);
        assertThat(view.owners()).containsOnlyKeys("127.0.0.1:1001", "127.0.0.1:1002").containsEntry("127.0.0.1:1002", Set.copyOf(second.stateView().count().partitions()));

        first.close();
        Await.until("the second has all partitions", PATIENCE, () -> second.state() == RunningPipeline.State.RUNNING && held(second) == PARTITIONS);
        for (int key = 0; key < KEYS; key++) {
          assertThat(view.get(key(key)).from()).isEqualTo(StateAnswer.From.OWNER);
        }
      }
    }
  }

  @Test
  void shouldDeleteIdleKeysAndCommitThatWhileNoMoreRecordsCome() throws Exception {
    topics.createFor("idle", 1);
    long now = System.currentTimeMillis();
    try (var producer = topics.producer(Map.of())) {
      producer.send(new ProducerRecord<>("idle", 0, now - Duration.ofDays(3).toMillis(), key(1), "{\"x\":1}".getBytes(UTF_8)));
      producer.send(new ProducerRecord<>("idle", 0, now, key(2), "{\"x\":1}".getBytes(UTF_8)));
    }
    var document =
        "{name: idle, source: {topic: idle}, state: {features: {seen: count}, ttl: 1h}, steps: [{transform: {y: x * 2.0}}], sink: {topic: idle-out}, rejects: {topic: idle-bad}}";
    try (var pipeline = new Pipeline(Steps.compile(PipelineDocument.parse(document, "idle.yaml")));
        var running = Yapok.stream(pipeline, Map.of(), options("idle", "a"))) {
      running.start();

      var changes = topics.await(4, 1, "idle-state-changelog").stream().filter(change -> !StateCodec.isReserved(change.key())).toList();

      assertThat(changes).extracting(change -> KafkaTopics.text(change.key())).containsExactly("k1", "k2", "k1");
      assertThat(changes.getLast().value()).isNull();
      assertThat(running.counters().expiredKeys()).isOne();
      assertThat(running.stateView().scan(new byte[0], 10).entries()).extracting(entry -> KafkaTopics.text(entry.key())).containsExactly("k2");
    }
  }

  @Test
  void shouldForgetStateOnDiskWhoseChangelogIsNoMore() throws Exception {
    prepare("gone", KEYS);
    runOnce("gone");
    Path state = directory.resolve("a").resolve("gone");
    assertThat(state.resolve("changelog-id")).exists();
    var identity = Files.readString(state.resolve("changelog-id"));
    try (var admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      admin.deleteTopics(List.of("gone-state-changelog")).all().get();
      while (admin.listTopics().names().get().contains("gone-state-changelog")) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }

    try (var pipeline = pipeline("gone");
        var running = Yapok.stream(pipeline, Map.of(), options("gone", "a"))) {
      running.start();
      Await.until("it has all partitions", PATIENCE, () -> running.state() == RunningPipeline.State.RUNNING && held(running) == PARTITIONS);

      assertThat(running.stateView().scan(new byte[0], 10).entries()).isEmpty();
    }
    assertThat(Files.readString(state.resolve("changelog-id"))).isNotEqualTo(identity);
  }

  @Test
  void shouldKeepStateOnDiskWhereItsChangelogIsTheSame() throws Exception {
    prepare("kept", KEYS);
    runOnce("kept");
    Path state = directory.resolve("a").resolve("kept");
    var before = Files.getLastModifiedTime(state.resolve("0_0").resolve("rocksdb").resolve(StateTopics.STORE).resolve("IDENTITY"));
    runOnce("kept");

    assertThat(Files.getLastModifiedTime(state.resolve("0_0").resolve("rocksdb").resolve(StateTopics.STORE).resolve("IDENTITY"))).isEqualTo(before);
  }

  private void runOnce(String name) throws Exception {
    try (var pipeline = pipeline(name);
        var running = Yapok.stream(pipeline, Map.of(), options(name, "a"))) {
      running.start();
      topics.awaitCommitted(name, name, PARTITIONS);
    }
  }

  private static long held(RunningPipeline instance) {
    return instance.partitions();
  }

  /** Whether each finds all keys in its own partitions or its standbys. */
  private static boolean followsAll(RunningPipeline... instances) {
    try {
      for (var instance : instances) {
        for (int key = 0; key < KEYS; key++) {
          if (instance.stateView().get(key(key)).value() == null) {
            return false;
          }
        }
      }
      return true;
    } catch (StateUnavailableException e) {
      return false; // partitions move
    }
  }

  private void prepare(String name, int records) throws Exception {
    topics.createFor(name, PARTITIONS);
    try (var producer = topics.producer(Map.of())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(name, key(i % KEYS), "{\"x\":1}".getBytes(UTF_8)));
      }
    }
  }

  private Map<String, String> settings(String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var settings = new HashMap<String, String>();
    try (var admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
      admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().forEach(entry -> settings.put(entry.name(), entry.value()));
    }
    return settings;
  }

  private StreamOptions options(String name, String instance) {
    return StreamOptions.of(topics.bootstrapServers(), name).withStateDirectory(directory.resolve(instance));
  }

  private static Pipeline pipeline(String name) {
    return TestPipelines.doubling(TestPipelines.yaml(name, name + "-out", name + "-bad") + "state: {features: {seen: count}}\n");
  }

  private static byte[] key(int number) {
    return ("k" + number).getBytes(UTF_8);
  }
}
