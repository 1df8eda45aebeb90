package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedKafkaKeysTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application.id",
        "consumer.group.id",
        "producer.interceptor.classes",
        "main.consumer.interceptor.classes",
        "restore.consumer.isolation.level",
        "global.consumer.auto.offset.reset",
        "admin.bootstrap.servers",
        "errors.dead.letter.queue.topic.name",
        "processing.exception.handler",
        "application.server",
        "topic.cleanup.policy"
      })
  void shouldRefuseAKeyWhenYapokOwnsIt(String key) {
    assertThat(OwnedKafkaKeys.find(key, "x")).hasValueSatisfying(owned -> assertThat(owned.what()).contains("\"" + key + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "commit.interval.ms",
        "producer.linger.ms",
        "security.protocol",
        "config.providers",
        "group.protocol",
        "num.standby.replicas",
        "topic.retention.ms",
        "client.tag.zone",
        "rack.aware.assignment.tags",
        "rack.aware.assignment.strategy",
        "rack.aware.assignment.traffic_cost",
        "max.warmup.replicas",
        "acceptable.recovery.lag",
        "client.rack"
      })
  void shouldPassAKeyWhenItIsTheAuthors(String key) {
    assertThat(OwnedKafkaKeys.find(key, "x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"max.task.idle.ms,-1,true", "max.task.idle.ms,0,false", "acks,all,false", "producer.acks,-1,false", "producer.acks,0,true", "acks,${env:ACKS},false", "value.subject.name.strategy,RecordNameStrategy,false", "value.subject.name.strategy,${env:S},false", "value.subject.name.strategy,Mine,true", "auto.register.schemas,false,false", "auto.register.schemas,perhaps,true", "use.latest.version,false,false", "use.latest.version,true,true"})
  void shouldJudgeByTheValueWhenOnlySomeBreakAPromise(String key, String value, boolean refused) {
    assertThat(OwnedKafkaKeys.find(key, value).isPresent()).isEqualTo(refused);
  }
}
