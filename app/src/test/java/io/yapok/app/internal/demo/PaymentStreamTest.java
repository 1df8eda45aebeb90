package io.yapok.app.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

class PaymentStreamTest {
  private static final long START = 1_780_000_000_000L;
  private static final long MILLIS_A_DAY = 86_400_000;
  private static final int MANY = 300_000;

  @Test
  void shouldBeTheSameForTheSameSeed() {
    PaymentStream one = new PaymentStream(5, START);
    PaymentStream other = new PaymentStream(5, START);
    PaymentStream different = new PaymentStream(6, START);
    Set<String> ours = new HashSet<>();
    int shared = 0;
    for (int made = 0; made < 1_000; made++) {
      one.next();
      other.next();
      different.next();
      assertThat(other.value()).isEqualTo(one.value());
      assertThat(other.timestamp()).isEqualTo(one.timestamp());
      ours.add(text(one.value()));
      shared += ours.contains(text(different.value())) ? 1 : 0;
    }
    assertThat(shared).isLessThan(20); // broken records can be alike
  }

  @Test
  void shouldWriteThesePaymentsForever() {
    PaymentStream payments = new PaymentStream(1, START);
    payments.next();
    assertThat(text(payments.key())).isEqualTo("c-90866");
    assertThat(text(payments.value()))
        .isEqualTo(
            """
            {"payment":0,"card":"c-90866","amount":13.56,"currency":"EUR","merchant_category":"digital","channel":"online","country":"IT","home_country":"IT","hour":20}""");
    assertThat(payments.timestamp()).isEqualTo(START);
    assertThat(payments.number()).isZero();
  }

  @Test
  void shouldHoldWhatItsJavadocPromises() {
    PaymentStream payments = new PaymentStream(2, START);
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    int backwards = 0;
    int days = 0;
    long last = START;
    int made = 0;
    for (; days < 2; made++) {
      payments.next();
      counts.merge(payments.kind(), 1, Integer::sum);
      backwards += payments.timestamp() < last ? 1 : 0;
      last = payments.timestamp();
      days = (int) ((last - START) / MILLIS_A_DAY);
    }
    assertThat(backwards).isZero();
    assertThat(made / days).isBetween(450_000, 550_000);
    double frauds = made - counts.get(Kind.LEGITIMATE) - counts.get(Kind.MALFORMED);
    assertThat(frauds / made).isBetween(0.004, 0.006);
    assertThat(counts.get(Kind.MALFORMED) / (double) made).isBetween(0.0015, 0.0025);
    assertThat(counts.keySet()).containsExactly(Kind.values());
  }

  @Test
  void shouldWriteRecordsThatSayWhatTheyShould() {
    PaymentStream payments = new PaymentStream(3, START);
    for (int made = 0; made < 20_000; made++) {
      payments.next();
      if (!payments.isMalformed()) {
        Map<String, String> fields = parse(payments.value());
        assertThat(fields.keySet())
            .containsExactlyInAnyOrder(
                "payment",
                "card",
                "amount",
                "currency",
                "merchant_category",
                "channel",
                "country",
                "home_country",
                "hour");
        assertThat(fields.get("card")).isEqualTo(text(payments.key())).matches("c-\\d{5}");
        assertThat(fields.get("payment")).isEqualTo(Long.toString(payments.number()));
        assertThat(fields.get("amount")).matches("\\d+\\.\\d\\d");
        assertThat(Double.parseDouble(fields.get("amount"))).isPositive();
        assertThat(Integer.parseInt(fields.get("hour"))).isBetween(0, 23);
      }
    }
  }

  @Test
  void shouldBreakRecordsInFiveWays() {
    PaymentStream payments = new PaymentStream(4, START);
    Map<String, Integer> ways = new HashMap<>();
    for (int made = 0; made < MANY; made++) {
      payments.next();
      if (payments.isMalformed()) {
        ways.merge(fault(payments.value()), 1, Integer::sum);
      }
    }
    assertThat(ways)
        .containsOnlyKeys("no JSON", "no amount", "amount is text", "unknown category");
    assertThat(ways.values()).allMatch(count -> count > 60);
  }

  @Test
  void shouldHaveNoPaymentBeforeTheFirst() {
    PaymentStream payments = new PaymentStream(1, START);
    assertThatThrownBy(payments::value).isInstanceOf(IllegalStateException.class);
  }

  private static String fault(byte[] value) {
    try {
      Map<String, String> fields = parse(value);
      if (!fields.containsKey("amount")) {
        return "no amount";
      }
      return fields.get("amount").startsWith("EUR") ? "amount is text" : category(fields);
    } catch (StreamReadException e) {
      return "no JSON";
    }
  }

  private static String category(Map<String, String> fields) {
    return fields.get("merchant_category").endsWith("~") ? "unknown category" : "nothing";
  }

  private static Map<String, String> parse(byte[] json) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          fields.put(parser.currentName(), parser.getString());
        }
      }
    }
    return fields;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
