package io.yapok.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SchemaRegistryTest {
  private static final String SCHEMA = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}";

  private RegistryStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = new RegistryStub(0);
    stub.putSchema(3, SCHEMA);
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void shouldAskOnceForASchemaAndOnceInAWhileForOneThatIsUnknown() {
    SchemaRegistry registry = registry(Map.of(SchemaRegistry.URL, stub.url()));

    for (int i = 0; i < 3; i++) {
      assertThat(registry.written(3).json()).isEqualTo(SCHEMA);
      assertThatThrownBy(() -> registry.written(4)).isInstanceOf(UnknownSchemaException.class).hasMessageContaining("Schema not found");
    }

    assertThat(stub.asked()).containsExactly("/schemas/ids/3", "/schemas/ids/4");
  }

  @Test
  void shouldBringSchemasThatAreNamedBeforeThoseThatNameThem() {
    stub.put("/schemas/ids/5", "{\"schema\":\"5\",\"references\":[{\"name\":\"b\",\"subject\":\"b\",\"version\":1}]}");
    stub.put("/subjects/b/versions/1", "{\"subject\":\"b\",\"version\":1,\"id\":6,\"schema\":\"6\",\"references\":[{\"name\":\"c\",\"subject\":\"c\",\"version\":2}]}");
    stub.put("/subjects/c/versions/2", "{\"subject\":\"c\",\"version\":2,\"id\":7,\"schema\":\"7\"}");

    WriterSchemas.Written written = registry(Map.of(SchemaRegistry.URL, stub.url())).written(5);

    assertThat(written.json()).isEqualTo("5");
    assertThat(written.references()).containsExactly("7", "6");
  }

  @Test
  void shouldKnowNoSchemaOfAnotherKind() {
    stub.put("/schemas/ids/8", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message M {}\"}");

    assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, stub.url())).written(8)).isInstanceOf(UnknownSchemaException.class).hasMessageContaining("PROTOBUF");
  }

  @Test
  void shouldGoToTheNextAddressWhenOneDoesNotAnswer() {
    SchemaRegistry registry = registry(Map.of(SchemaRegistry.URL, "http://127.0.0.1:1, " + stub.url()));

    registry.check();
    assertThat(registry.written(3).json()).isEqualTo(SCHEMA);
  }

  @Test
  void shouldSayWhoItIs() {
    stub.require("Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)));
    registry(Map.of(SchemaRegistry.URL, stub.url(), "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:secret")).check();
    registry(Map.of(SchemaRegistry.URL, stub.url(), "basic.auth.user.info", "ann:secret")).check();
    registry(Map.of(SchemaRegistry.URL, stub.url(), "schema.registry.basic.auth.user.info", "ann:secret")).check();
    registry(Map.of(SchemaRegistry.URL, stub.url().replace("//", "//ann:secret@"))).check();

    stub.require("Bearer token");
    registry(Map.of(SchemaRegistry.URL, stub.url(), "bearer.auth.token", "token")).check();
  }

  @Test
  void shouldSayInOneLineWhatIsWrongWhenItCannotBeReached() {
    stub.require("Basic x");
    assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, stub.url().replace("//", "//ann:secret@"))).check())
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.problem().toString()).startsWith("the schema registry refuses (").contains("Unauthorized", stub.url()).endsWith("check basic.auth.user.info or bearer.auth.token, and what they may do").doesNotContain("secret"));

    assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, "http://127.0.0.1:1")).check())
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.problem().toString()).startsWith("the schema registry does not answer (Connection refused), http://127.0.0.1:1, check schema.registry.url"));

    assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, stub.url(), "bearer.auth.token", "a", "basic.auth.user.info", "b:c")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("both basic.auth and bearer.auth are given");
  }

  @Test
  void shouldSayInOneLineThatOneSpeaksTlsAndTheOtherDoesNot() throws Exception {
    try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        ServerSocket secure = answering(new byte[] {0x15, 3, 3, 0, 2, 2, 0x0A})) { // an alert: an unexpected message
      assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, "https://127.0.0.1:" + plain.getLocalPort())).check())
          .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.problem().toString()).startsWith("no secure connection to the schema registry can be made ("));
      assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, "http://127.0.0.1:" + secure.getLocalPort())).check())
          .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.problem().toString()).startsWith("the schema registry does not answer (").contains("check schema.registry.url, http or https"));
    }
  }

  /** A server that says this whatever it is asked. */
  private static ServerSocket answering(byte[] bytes) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  client.getInputStream().read(new byte[1000]);
                  client.getOutputStream().write(bytes);
                } catch (IOException e) {
                  // the next one, or the end
                }
              }
            });
    return server;
  }

  @Test
  void shouldWaitUntilItIsBackWhenItIsAway() throws Exception {
    SchemaRegistry registry = registry(Map.of(SchemaRegistry.URL, stub.url()));
    int port = stub.port();
    stub.close();
    CompletableFuture<WriterSchemas.Written> answer = CompletableFuture.supplyAsync(() -> registry.written(3));
    assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

    stub = new RegistryStub(port);
    stub.putSchema(3, SCHEMA);

    assertThat(answer.get(30, TimeUnit.SECONDS).json()).isEqualTo(SCHEMA);
  }

  @Test
  void shouldStopWaitingWhenItIsClosedOrTheTimeIsUp() {
    stub.close();
    SchemaRegistry closed = registry(Map.of(SchemaRegistry.URL, stub.url()));
    closed.close();

    assertThatThrownBy(() -> closed.written(3)).isInstanceOf(RegistryException.class);
    assertThatThrownBy(() -> SchemaRegistry.of(Map.of(SchemaRegistry.URL, stub.url()), Duration.ofMillis(100)).written(3)).isInstanceOf(RegistryException.class);
  }

  @Test
  void shouldRegisterTheSchemaOfResultsOnceAndSayWhenItIsNotTaken() {
    WriterSchemas registry = registry(Map.of(SchemaRegistry.URL, stub.url())).withResultsIn("out");
    stub.put("/subjects/out-value/versions", "{\"id\":12}");

    assertThat(registry.register("R", SCHEMA)).isEqualTo(12);
    assertThat(registry.register("R", SCHEMA)).isEqualTo(12);
    stub.refuse("/subjects/out-value/versions", 409, "incompatible with version 1");
    assertThatThrownBy(() -> registry.register("R", "{}"))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.problem().toString()).startsWith("the schema registry does not take the results' schema for \"out-value\" (incompatible with version 1").endsWith("write the results to another topic, or look at the subject's compatibility"));

    assertThat(stub.asked()).containsExactly("/subjects/out-value/versions", "/subjects/out-value/versions");
  }

  @ParameterizedTest
  @CsvSource({
    "TopicNameStrategy,out-value",
    "RecordNameStrategy,shop.R",
    "TopicRecordNameStrategy,out-shop.R",
    "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy,out-shop.R"
  })
  void shouldNameTheSubjectByTheStrategyThatIsChosen(String strategy, String subject) {
    stub.put("/subjects/" + subject + "/versions", "{\"id\":12}");

    assertThat(registry(Map.of(SchemaRegistry.URL, stub.url(), "value.subject.name.strategy", strategy)).withResultsIn("out").register("shop.R", SCHEMA)).isEqualTo(12);
  }

  @Test
  void shouldLookTheSchemaOfResultsUpWhenItMayNotBeRegistered() {
    WriterSchemas registry = registry(Map.of(SchemaRegistry.URL, stub.url(), "auto.register.schemas", "false")).withResultsIn("out");
    assertThatThrownBy(() -> registry.register("R", SCHEMA))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> assertThat(e.problem().toString()).startsWith("the schema registry does not have the results' schema for \"out-value\" (Schema not found").endsWith("register what 'yapok schema --results' prints, or remove auto.register.schemas"));

    stub.put("/subjects/out-value", "{\"subject\":\"out-value\",\"version\":1,\"id\":7,\"schema\":\"\"}");

    assertThat(registry.register("R", SCHEMA)).isEqualTo(7);
    assertThat(stub.asked()).containsOnly("/subjects/out-value");
  }

  @ParameterizedTest
  @CsvSource({"value.subject.name.strategy,MyStrategy", "auto.register.schemas,no", "use.latest.version,true"})
  void shouldRefuseASettingThatItDoesNotKnow(String key, String value) {
    assertThatThrownBy(() -> registry(Map.of(SchemaRegistry.URL, stub.url(), key, value))).isInstanceOf(ProblemsException.class).hasMessageContaining(value);
  }

  @Test
  void shouldTellItsSettingsFromKafkas() {
    assertThat(SchemaRegistry.settingsIn(Map.of(SchemaRegistry.URL, "u", "basic.auth.user.info", "x", "sasl.jaas.config", "y", "ssl.truststore.location", "z", "auto.register.schemas", "true"))).containsOnlyKeys(SchemaRegistry.URL, "basic.auth.user.info", "auto.register.schemas");
  }

  private static SchemaRegistry registry(Map<String, String> settings) {
    return SchemaRegistry.of(settings, Duration.ofSeconds(30));
  }
}
