package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What every table promises. */
abstract class StateTableContract {
  /** An empty table. */
  abstract StateTable table();

  @Test
  void shouldHaveNothingUnderAKeyThatWasNeverPut() {
    assertThat(table().get(bytes("a"))).isNull();
  }

  @Test
  void shouldFindTheLastValueUnderAnEqualKey() {
    StateTable table = table();
    table.put(bytes("a"), bytes("1"));
    table.put(bytes("b"), bytes("2"));
    table.put(bytes("a"), bytes("3"));
    table.flush();

    assertThat(table.get(bytes("a"))).isEqualTo(bytes("3"));
    assertThat(table.get(bytes("b"))).isEqualTo(bytes("2"));
    assertThat(table.get(bytes("ab"))).isNull();
  }

  @Test
  void shouldHaveNothingUnderAKeyThatWasDeleted() {
    StateTable table = table();
    table.put(bytes("a"), bytes("1"));
    table.delete(bytes("a"));
    table.delete(bytes("b"));
    table.flush();

    assertThat(table.get(bytes("a"))).isNull();
  }

  @Test
  void shouldTakeTheEmptyKey() {
    StateTable table = table();
    table.put(new byte[0], bytes("1"));
    table.flush();

    assertThat(table.get(new byte[0])).isEqualTo(bytes("1"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
