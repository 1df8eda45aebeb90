package io.yapok.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldTableTest {
  private final List<String> puts = new ArrayList<>();
  private final StateTable below =
      new StateTable() {
        @Override
        public byte[] get(byte[] key) {
          return "below".getBytes(UTF_8);
        }

        @Override
        public void put(byte[] key, byte[] value) {
          puts.add(new String(key, UTF_8) + "=" + new String(value, UTF_8));
        }
      };
  private final FoldTable table = new FoldTable(below);

  @Test
  void shouldPutEachKeyOnceAtTheEndHoweverOftenItWasPut() {
    put("a", "1");
    put("b", "1");
    put("a", "2");
    assertThat(puts).isEmpty();

    table.write();
    table.write();

    assertThat(puts).containsExactly("a=2", "b=1");
  }

  @Test
  void shouldShowLaterBatchesWhatEarlierOnesPut() {
    put("a", "1");

    assertThat(table.get("a".getBytes(UTF_8))).asString().isEqualTo("1");
    assertThat(table.get("b".getBytes(UTF_8))).asString().isEqualTo("below");
  }

  @Test
  void shouldForgetWhatARunThatFailedHasPut() {
    put("a", "1");
    table.clear();
    table.write();

    assertThat(table.get("a".getBytes(UTF_8))).asString().isEqualTo("below");
    assertThat(puts).isEmpty();
  }

  private void put(String key, String value) {
    table.put(key.getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
