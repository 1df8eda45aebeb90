package io.yapok.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Test
  void shouldShowWhatIsStoredInTheOrderOfKeysAsUnsignedBytes() {
    StateTable table = table();
    for (byte[] key : List.of(new byte[] {(byte) 0x80}, bytes("b"), new byte[0], bytes("ab"), bytes("a"), new byte[] {'a', 0}, bytes("c"))) {
      table.put(key, bytes("value of " + hex(key)));
    }
    table.delete(bytes("c"));
    table.flush();

    assertThat(scan(table, null, 100)).containsExactly("", "61", "6100", "6162", "62", "80", "all");
  }

  @Test
  void shouldGoOnBehindAKeyAndStopWhenNoMoreIsWanted() {
    StateTable table = table();
    for (byte[] key : List.of(bytes("a"), new byte[] {'a', 0}, bytes("ab"), bytes("b"))) {
      table.put(key, bytes("value of " + hex(key)));
    }
    table.flush();

    assertThat(scan(table, bytes("a"), 2)).containsExactly("6100", "6162");
    assertThat(scan(table, bytes("aa"), 100)).containsExactly("6162", "62", "all");
    assertThat(scan(table, bytes("b"), 100)).containsExactly("all");
  }

  /** Keys in hexadecimal, and whether there are no more. */
  private static List<String> scan(StateTable table, byte @Nullable [] after, int most) {
    List<String> keys = new ArrayList<>();
    boolean all = table.scan(after, (key, value) -> {
      assertThat(value).isEqualTo(bytes("value of " + hex(key)));
      keys.add(hex(key));
      return keys.size() < most;
    });
    if (all) {
      keys.add("all");
    }
    return keys;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
